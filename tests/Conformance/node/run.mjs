// node run.mjs <client> <scenario>: prints "passed", or throws.
import * as scenarios from './scenarios.mjs';

const [client, scenario] = process.argv.slice(2);
await scenarios.prepare();
await scenarios[scenario](await import(`./clients/${client}.mjs`));
console.log('passed');
process.exit(0);
