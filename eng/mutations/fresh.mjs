// Runs the tests once more against every mutant that a report says nobody noticed, each in a process of its own with the mutant switched on from its start: what a
// static initialiser computes is computed only once in a process, and Stryker keeps its own. Writes what was noticed into the report.
//
//   fresh.mjs REPORT PROGRAM CLASS…      a program of tests beside a mutated assembly, and (parts of) names of the classes to run
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [path, program, ...classes] = process.argv.slice(2);
const seconds = 120;
const report = JSON.parse(readFileSync(path, 'utf8'));
const all = Object.values(report.files).flatMap(file => file.mutants);
// A test that fails of itself would notice everything: Stryker goes on then, and praises it.
const killed = all.filter(mutant => mutant.status === 'Killed');
const always = new Set(killed[0]?.killedBy);
for (const mutant of killed) for (const test of always) if (!mutant.killedBy.includes(test)) always.delete(test);
if (killed.length > 20 && always.size > 0) throw new Error('A test notices every mutant: it fails without any.');
const left = all.filter(mutant => ['Survived', 'NoCoverage'].includes(mutant.status));

/** Killed, Survived or Timeout. */
const run = id => new Promise((resolve, reject) => {
  const tests = spawn(program, ['-noLogo', '-noColor', '-stopOnFail', ...classes.flatMap(name => ['-class', `*${name}*`])], {
    env: { ...process.env, STRYKER_MUTANT_ID_CONTROL_VAR: 'ZWEIZEILER_MUTANT', ZWEIZEILER_MUTANT: id },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  let late = false;
  const deadline = setTimeout(() => { late = true; tests.kill('SIGKILL'); }, seconds * 1000);
  tests.stdout.on('data', data => { said = (said + data).slice(-2000); });
  tests.on('error', reject);
  tests.on('close', code => {
    clearTimeout(deadline);
    if (late) resolve('Timeout');
    else if (code !== 0) resolve('Killed');
    else if (/Total: [1-9]/.test(said)) resolve('Survived');
    else reject(new Error(`No test ran: ${said}`));
  });
});

const untouched = await run('-1');
if (untouched !== 'Survived') throw new Error('The tests fail without any mutant.');
const waiting = [...left];
let noticed = 0;
await Promise.all([0, 1].map(async () => {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const status = await run(mutant.id);
    if (status === 'Survived') continue;
    mutant.status = status;
    mutant.statusReason = 'Noticed in a process of its own.';
    noticed++;
  }
}));
writeFileSync(path, JSON.stringify(report));
console.log(`  ${noticed} of ${left.length} that were left noticed in a process of their own`);
