package io.zeroui.tenant.evidence.export.format;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The same columns as the CSV file, in row groups that are small enough to be held in memory while they are gathered. Settings and
 * codecs are given, because the library's own ones are Hadoop's, which is not there.
 */
final class ParquetRows implements RowWriter {

    private static final long ROW_GROUP_BYTES = 8L << 20;

    private final CarpetWriter<IndexAnswer> writer;

    ParquetRows(OutputStream out) throws IOException {
        writer = new CarpetWriter.Builder<>(out, IndexAnswer.class)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new Uncompressed())
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withDefaultTimeUnit(TimeUnit.MICROS)
                .withWriteRecordModel((type, context) -> model())
                .build();
    }

    /** The columns said one by one: found by the library itself they need its class loader to know our classes. */
    private static WriteRecordModelType<IndexAnswer> model() {
        WriteRecordModelType<IndexAnswer> model = FieldTypes.writeRecordModel(IndexAnswer.class);
        Column.ALL.forEach(column -> model.withField(column.name(), type(column.type()), column::of));
        return model;
    }

    private static FieldType type(Class<?> type) {
        if (type == String.class) {
            return FieldTypes.STRING;
        }
        if (type == Instant.class) {
            return FieldTypes.INSTANT;
        }
        if (type == List.class) {
            return FieldTypes.LIST.ofType(FieldTypes.STRING);
        }
        return type == long.class ? FieldTypes.LONG.notNull()
                : type == int.class ? FieldTypes.INTEGER.notNull() : FieldTypes.BOOLEAN.notNull();
    }

    @Override
    public void write(IndexedReceipt row) throws IOException {
        writer.write(IndexAnswer.of(row));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** Pages as they are. */
    private static final class Uncompressed implements CompressionCodecFactory, CompressionCodecFactory.BytesInputCompressor {

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            if (codec != CompressionCodecName.UNCOMPRESSED) {
                throw new IllegalArgumentException("there is no codec " + codec);
            }
            return this;
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("files are written here and not read");
        }

        @Override
        public BytesInput compress(BytesInput page) {
            return page;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
