// Adds up mutation reports: a line a file, then every mutant that no test noticed.
import { readFileSync } from 'node:fs';

const detected = ['Killed', 'Timeout'];
// As fresh.mjs writes it.
const alone = 'Noticed in a process of its own.';
const undetected = ['Survived', 'NoCoverage'];
const share = (found, all) => (all === 0 ? '      –' : `${((100 * found) / all).toFixed(1).padStart(5)} %`);
const files = new Map();
const left = [];
for (const path of process.argv.slice(2)) {
  for (const [name, { mutants }] of Object.entries(JSON.parse(readFileSync(path, 'utf8')).files)) {
    for (const mutant of mutants) {
      const found = detected.includes(mutant.status);
      if (!found && !undetected.includes(mutant.status)) continue;
      const counts = files.get(name) ?? { found: 0, all: 0, late: 0, fresh: 0 };
      counts.all++;
      if (found) counts.found++;
      if (mutant.status === 'Timeout') counts.late++;
      if (mutant.statusReason === alone) counts.fresh++;
      files.set(name, counts);
      if (!found) {
        const text = (mutant.replacement ?? '').replace(/\s+/g, ' ').slice(0, 110);
        left.push(`${name}:${mutant.location.start.line}: ${mutant.mutatorName}: ${text}`);
      }
    }
  }
}

const sum = { found: 0, all: 0, late: 0, fresh: 0 };
for (const [name, counts] of [...files].sort()) {
  console.log(`${share(counts.found, counts.all)}  ${counts.found} of ${counts.all}  ${name}`);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
}
console.log(left.sort().join('\n'));
console.log(`${sum.found} of ${sum.all} mutants noticed (${sum.late} of them by never ending, ${sum.fresh} in a process of their own only): ${share(sum.found, sum.all).trim()}`);
process.exitCode = sum.all > 0 && sum.found / sum.all >= 0.85 ? 0 : 1;
