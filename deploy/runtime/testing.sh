# `zeroui test`: the shell tests and all of Maven's tests, and their sum. Sourced, never run.
# shellcheck shell=sh

TEST_LINES='Tests run:.* in |Tests run:.*FAIL|^\[ERROR\]|Building [A-Za-z].*\[|BUILD (SUCCESS|FAILURE)|^  +[0-9]+ kills'

# The class that runs, or the step Maven is at.
test_note() {
  test_now=$(sed -n 's/.*Running \(io\..*\)/running \1/p; s/^\[INFO\] --- \(.*\) ---$/\1/p' "$1" | tail -n 1)
  echo "${test_now:-Maven reads the project}"
}

# run_tests MAVEN_ARGUMENT…
run_tests() {
  need_jdk
  check_build_host
  mkdir -p "$CHECKOUT/target"
  test_passed=0 test_failed=0 test_from=$(date +%s)
  shell_tests
  rm -rf "$CHECKOUT"/*/target/surefire-reports "$CHECKOUT"/*/target/failsafe-reports
  test_log=$CHECKOUT/target/zeroui-test.log
  # Two modules at a time: each has its own databases and ports, and waits for them more than it computes.
  say "running all Maven tests with JDK $(java_major "$BUILD_HOME"); log: $test_log"
  maven_rc=0
  watch_command "$test_log" "$TEST_LINES" test_note \
    maven -T 2 -Dstyle.color=never -Dmaven.test.failure.ignore=true "$@" verify || maven_rc=$?
  add_reports
  [ $maven_rc -eq 0 ] || {
    say "the build itself failed; $test_log ends with:"
    tail -n 15 "$test_log" >&2
    [ "$test_failed" -gt 0 ] || test_failed=1
  }
  say "all tests took $(($(date +%s) - test_from)) s"
  echo "$test_passed passed, $test_failed failed"
  [ "$test_failed" -eq 0 ]
}

# add_counts "N passed, N failed"
add_counts() {
  test_passed=$((test_passed + ${1%% *}))
  count_rest=${1#*, }
  test_failed=$((test_failed + ${count_rest%% *}))
}

shell_tests() {
  for shell_test in "$RUNTIME_DIR"/tests/*.test.sh; do
    [ -f "$shell_test" ] || continue
    shell_name=$(basename "$shell_test" .test.sh)
    say "shell tests: $shell_name"
    shell_log=$CHECKOUT/target/zeroui-test-$shell_name.log
    watch_command "$shell_log" '^(ok|not ok|[0-9]+ passed)' shell_note sh "$shell_test" || :
    shell_sum=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$shell_log" | tail -n 1)
    add_counts "${shell_sum:-0 passed, 1 failed}"
  done
}

shell_note() { tail -n 1 "$1"; }

# add_reports: sums the reports that surefire and failsafe wrote; skipped tests count as neither.
add_reports() {
  add_counts "$(find "$CHECKOUT" -mindepth 4 -maxdepth 4 -path '*/target/*-reports/TEST-*.xml' -exec cat {} + 2>/dev/null |
    awk 'function attribute(name,  at) {
           if (!match($0, " " name "=\"[0-9]+")) return 0
           at = substr($0, RSTART, RLENGTH); sub(".*\"", "", at); return at
         }
         /<testsuite / { head = 1 }
         head { tests += attribute("tests"); bad += attribute("errors") + attribute("failures"); skipped += attribute("skipped") }
         head && />/ { head = 0 }
         END { printf "%d passed, %d failed", tests - bad - skipped, bad }')"
}
