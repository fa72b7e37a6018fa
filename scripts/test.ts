import { addCounts, report } from './count.ts';
import { runTests } from './run-tests.ts';
import { runStaticChecks } from './static-checks.ts';

// In order of what a mistake costs to find; all of them run, so that one failure does not hide the next.
const counts = [await runStaticChecks()];
// Those that run together fill each other's pauses; the browsers, of which some have limits in seconds, have the machine.
const together = [['unit'], ['server', 'simulator', 'structure', 'waiting'], ['browsers']];
for (const projects of together) counts.push(await runTests(projects));
report(addCounts(counts));
