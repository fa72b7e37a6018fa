import { addCounts, report } from './count.ts';
import { runTests } from './run-tests.ts';
import { runStaticChecks } from './static-checks.ts';

report(addCounts([await runStaticChecks(), await runTests(['unit'])]));
