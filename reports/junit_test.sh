#!/usr/bin/env bash
# junit_test.sh PROGRAM: scenarios with every kind of result, whose JUnit XML must satisfy reports/junit.xsd (xmllint) and be read by a
# reader of others (junitparser), which must count the same. Without these tools it is skipped, 77; with CI=true it fails then.
set -euo pipefail

program=$(readlink -f -- "$1")
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")

missing() {
  printf 'junit_test: %s is missing (Debian: %s)\n' "$1" "$2"
  [[ ${CI:-} == true ]] && exit 1
  exit 77
}

command -v xmllint >/dev/null || missing xmllint libxml2-utils
python=
for candidate in python3 /usr/bin/python3; do
  "$candidate" -c 'import junitparser' 2>/dev/null && { python=$candidate; break; }
done
[[ -n $python ]] || missing junitparser python3-junitparser

place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT
cd -- "$place"
mkdir 'mine & <yours>'

scenario() {
  printf '{"schema": "commitlab-scenario/1", "title": "%s", "protocol": "%s", "participants": 2, %s}\n' "$2" "$3" "$4" >"mine & <yours>/$1"
}
torn='"faults": {"crashes": 1, "timing": "synchronous"}, "check": ["AC1", "AC3"]'
scenario good.json 'All is \"well\" & <fine>' 2pc '"faults": {"crashes": 1}, "check": ["AC1", "AC2", "AC3"]'
scenario 'viol"ating.json' 'Torn' 3pc-textbook "$torn"
scenario expected.json 'Torn, as expected' 3pc-textbook "$torn"', "expect": {"AC1": "violated", "worlds": 466}'
scenario unexpected.json 'Not torn, one hopes' 3pc-textbook "$torn"', "expect": {"AC1": "holds", "worlds": 467}'
scenario large.json 'Too large' 2pc '"faults": {"crashes": 2, "losses": 2, "recovery": true}, "check": ["AC1"]'
scenario $'bad\x01\x1b[31m.json' 'Bad' 2pc '"crahs": 1'
scenario scripted.json 'Scripted' 2pc '"script": [{"at": 1, "do": "crash", "node": "p1"}]'
sed 's/force yes/force no/' "$here/../scenarios/torn-precommit.play" >'mine & <yours>/other.play'

code=0
"$program" check 'mine & <yours>' --max-states 20000 --junit all.xml >/dev/null 2>errors.txt || code=$?
[[ $code == 1 ]] || { printf 'junit_test: exit code %s, expected 1\n' "$code"; cat errors.txt; exit 1; }

xmllint --noout --schema "$here/junit.xsd" all.xml || exit 1
# And the schema says no where it should: a case without a name, a count that is none.
sed '0,/<testcase [^>]*name="AC1 agreement"/s/ name="AC1 agreement"//' all.xml >nameless.xml
sed '0,/tests="[0-9]*"/s//tests="many"/' all.xml >uncounted.xml
for wrong in nameless.xml uncounted.xml; do
  if xmllint --noout --schema "$here/junit.xsd" "$wrong" 2>/dev/null; then
    printf 'junit_test: the schema takes %s\n' "$wrong"
    exit 1
  fi
done

"$python" - <<'PYTHON'
from junitparser import Error, Failure, JUnitXml, Skipped

def counts(of):
    return (of.tests, of.failures, of.errors, of.skipped)

read = JUnitXml.fromfile("all.xml")
said = counts(read)
names = sorted(suite.name.split("/")[-1] for suite in read)
assert names == ["bad??[31m.json", "expected.json", "good.json", "large.json", "other.play", "scripted.json", "unexpected.json", "viol\"ating.json"], names
kinds = {Failure: 0, Error: 0, Skipped: 0}
for suite in read:
    before, time = counts(suite), suite.time
    assert abs(time - sum(case.time for case in suite)) < 1e-9, suite.name
    suite.update_statistics()
    assert counts(suite) == before, (suite.name, counts(suite), before)
    for case in suite:
        for result in case.result:
            if type(result) in kinds:
                kinds[type(result)] += 1
                assert result.message, case.name
read.update_statistics()
assert counts(read) == said, (counts(read), said)
# violating AC1, unexpected AC1 and worlds, the play; the bad file; the large one and the scripted one.
assert said == (15, 4, 1, 2), said
assert (kinds[Failure], kinds[Error], kinds[Skipped]) == (4, 1, 2), kinds
run = [case for suite in read if "viol" in suite.name for case in suite if case.name == "AC1 agreement"][0].result[0]
assert "force precommit; send precommit to p2; crash" in run.text and "repeat: " in run.text, run.text
print("junit_test: 8 suites, %d cases, read alike" % said[0])
PYTHON
