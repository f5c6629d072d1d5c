// Chroma's server, for the bench: node serve.cjs MODULES CONFIG. Runs until it is killed.
const path = require('path');

const [modules, config] = process.argv.slice(2);
const bindings = require(path.join(modules, 'node_modules', `chromadb-js-bindings-linux-${process.arch}-gnu`));
bindings.cli(['chroma', 'run', config]);
