// The editor's comforts: saves every few seconds, keeps what is not saved yet in this browser, and knows the keys. Without it the form works too.
import { now, refresh } from './times.js';

const bench = document.getElementById('bench');
const say = bench.dataset;
const form = document.getElementById('editor');
const version = document.getElementById('version');
const saved = document.getElementById('saved');
const conflict = document.getElementById('conflict');
const key = `zz-draft:${say.account}:${say.job}`;

const QUIET = 1500; // after the last key
const LONGEST = 5000; // while typing goes on

// What is written has parts: each a field, or a group of radio buttons.
const parts = new Map();
for (const field of form.querySelectorAll('[data-part]')) parts.set(field.dataset.part, [...(parts.get(field.dataset.part) ?? []), field]);
const locked = form.dataset.locked === 'true';
const valueOf = fields => (fields[0].type === 'radio' ? fields.find(field => field.checked)?.value ?? '' : fields[0].value);
const written = () => Object.fromEntries([...parts].map(([name, fields]) => [name, valueOf(fields)]));
const same = (a, b) => b !== null && [...parts.keys()].every(name => (a[name] ?? '') === (b[name] ?? ''));

function put(all) {
  for (const [name, fields] of parts) {
    const value = all[name] ?? '';
    if (fields[0].type === 'radio') fields.forEach(field => { field.checked = field.value === value; });
    else fields[0].value = value;
  }
}

let server = written(); // null: not known
let timer = 0;
let dirtySince = 0;
let pause = 2000;
let saving = null;
let sending = false; // the whole form, by its button

// What was not saved when the page was left comes back, on top of the version that it was written on.
const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
if (kept && !locked) {
  if (same(kept, server)) {
    localStorage.removeItem(key);
  } else if (kept.version === Number(version.value)) {
    put(kept);
    status(say.restored);
    schedule(0);
  } else {
    showOther(kept);
  }
}

form.addEventListener('input', event => { if (event.target.dataset.part) changed(); });

function changed() {
  keep();
  schedule(QUIET);
  lookSoon();
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify({ ...written(), version: Number(version.value) }));
  } catch {
    // No room or no permission: saving on the server goes on.
  }
}

function schedule(wait) {
  dirtySince ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(wait, dirtySince + LONGEST - Date.now())));
  if (saved.dataset.kind !== 'trouble' && wait === QUIET) status(say.notYet);
}

function save(leaving = false) {
  clearTimeout(timer);
  if (locked || sending || !conflict.hidden) return;
  saving ??= send(leaving === true).finally(() => {
    saving = null;
    if (!same(written(), server) && conflict.hidden && saved.dataset.kind !== 'trouble') schedule(QUIET);
  });
}

async function send(leaving) {
  const sent = written();
  dirtySince = 0;
  const body = new FormData(form);
  let response;
  try {
    response = await fetch(`/portal/work/${say.job}?handler=Save`, {
      method: 'POST', body, keepalive: leaving, headers: { 'X-Portal-Script': '1' }, signal: leaving ? null : AbortSignal.timeout(10000),
    });
  } catch {
    return retry();
  }
  if (response.status === 401) return signedOut();
  if (response.status === 410) return withdrawn();
  if (response.status === 404) return trouble(say.lost);
  if (response.status !== 200 && response.status !== 409) return retry();

  const answer = await response.json().catch(() => null);
  if (!answer) return retry();
  pause = 2000;
  if (response.status === 409) {
    serverIs(answer.version);
    return showOther(answer.other);
  }
  server = sent;
  serverIs(answer.version);
  if (same(written(), server)) localStorage.removeItem(key);
  else keep();
  document.getElementById('lines').textContent = answer.lines;
  document.getElementById('characters').textContent = answer.characters;
  const counts = document.getElementById('counts');
  if (counts.dataset.most) counts.dataset.over = answer.lineCount > Number(counts.dataset.most);
  const lease = document.querySelector('#lease time[data-time="lease"]');
  if (lease && answer.leaseUntil && lease.dateTime !== answer.leaseUntil) {
    lease.dateTime = answer.leaseUntil;
    refresh(lease.parentElement);
  }
  if (!answer.isHeld) return location.reload();
  if (answer.answers > Number(say.answers)) document.getElementById('bench-news').hidden = false;
  const time = document.createElement('time');
  Object.assign(time, { dateTime: answer.savedAt, title: answer.exact });
  time.dataset.time = 'ago';
  saved.dataset.kind = '';
  saved.replaceChildren(...around(say.savedAgo, time));
  refresh(saved);
}

const around = (words, element) => words.split('{0}').flatMap((part, i) => (i ? [element, part] : [part])).filter(p => p !== '');

function serverIs(number) {
  version.value = number;
}

// The merchant has withdrawn the job: its texts are erased everywhere, and the next page says so.
function withdrawn() {
  sending = true;
  localStorage.removeItem(key);
  location.reload();
}

function retry() {
  trouble(say.kept);
  clearTimeout(timer);
  timer = setTimeout(save, pause);
  pause = Math.min(pause * 2, 30000);
}

function signedOut() {
  const link = document.createElement('a');
  link.href = `/portal/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`;
  link.textContent = say.signIn;
  trouble(`${say.signedOut} `, link);
}

function trouble(...what) {
  keep();
  status(...what);
  saved.dataset.kind = 'trouble';
}

function status(...what) {
  saved.dataset.kind = '';
  saved.replaceChildren(...what);
}

// Two windows, or two devices, wrote on the same draft: both texts are shown and she decides.
function showOther(other) {
  document.getElementById('other-text').replaceChildren(...toRead(other));
  conflict.hidden = false;
  const decide = take => event => {
    event.preventDefault();
    if (take) {
      put(other);
    }
    conflict.hidden = true;
    server = null;
    keep();
    save();
    form.querySelector('[data-part]').focus();
  };
  conflict.querySelector('[data-action="keep-mine"]').onclick = decide(false);
  conflict.querySelector('[data-action="take-other"]').onclick = decide(true);
}

function* toRead(other) {
  for (const [name, fields] of parts) {
    const value = other[name];
    if (!value) continue;
    const label = document.createElement('p');
    label.className = 'hint';
    label.textContent = fields[0].dataset.label;
    const words = document.createElement('div');
    words.className = 'text';
    words.lang = fields[0].lang;
    words.textContent = fields[0].type === 'radio' ? fields.find(field => field.value === value)?.labels[0].textContent.trim() ?? value : value;
    yield label;
    yield words;
  }
}

const leave = () => { if (!sending && !same(written(), server)) { keep(); save(true); } };
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') leave(); });
addEventListener('pagehide', leave);
addEventListener('online', save);
// Somebody or something changed her work: saving tells whether the job is still hers.
addEventListener('portal:mine', event => { event.preventDefault(); server = null; save(); });
form.addEventListener('submit', event => {
  clearTimeout(timer);
  keep();
  if (saving) {
    // The save under way makes a new version; sent with the old one, her own words would look like another window's.
    event.preventDefault();
    status(say.notYet);
    saving.finally(() => { if (conflict.hidden) form.requestSubmit(event.submitter); });
    return;
  }
  sending = true;
});
addEventListener('pageshow', () => { sending = false; });

// Keys
const keys = document.getElementById('keys');
const keysButton = document.getElementById('keys-button');
if (keysButton) {
  keysButton.hidden = false;
  keysButton.addEventListener('click', () => keys.showModal());
}

addEventListener('keydown', event => {
  const typing = event.target.matches('input, textarea, select');
  const control = event.ctrlKey || event.metaKey;
  // On many keyboards AltGr and M is a letter.
  const remarks = control && event.altKey && event.code === 'KeyM' && !event.getModifierState('AltGraph');
  if (event.key === '?' && !typing) keys.showModal();
  else if (control && event.key === '/') keys.showModal();
  else if (control && event.key === 'Enter') sendWhatIsWritten(event.target.form ?? form);
  else if (control && event.key === 's') save();
  else if (control && event.key === 'i') copySource();
  else if (control && event.key === 'k') openFind();
  else if (control && event.key === '.') nextFinding();
  else if (remarks) remark();
  else if (control && ['1', '2', '3'].includes(event.key)) { if (!take(event.key)) return; }
  else return;
  event.preventDefault();
});

// A question, or a reason for handing back, is not the delivery.
function sendWhatIsWritten(its) {
  if (its === form) form.requestSubmit(form.querySelector('[data-action="deliver"]'));
  else its.requestSubmit();
}

function copySource() {
  if (locked || say.kind !== 'translation') return;
  insert([...document.querySelectorAll('#source-text [data-own]')].map(part => part.textContent).join('\n'));
}

// Into the text, where the cursor is. The old command is the only one that leaves the step undoable.
function insert(words) {
  const text = document.getElementById('text');
  if (!text || locked) return;
  text.focus();
  if (!document.execCommand('insertText', false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, 'end');
  changed();
}

function take(number) {
  const suggestion = document.querySelector(`[data-suggestion="${number}"]`);
  if (suggestion) insert(suggestion.textContent);
  return suggestion !== null;
}

// A remark on a passage: what is marked, in her text or in the source, is quoted in the note to the merchant.
const remarkButton = document.getElementById('remark');
let marked = '';
document.addEventListener('selectionchange', () => {
  const text = document.activeElement;
  if (text === document.getElementById('note')) return;
  marked = (text?.matches?.('textarea.text') ? text.value.slice(text.selectionStart, text.selectionEnd) : String(getSelection())).trim();
});
if (remarkButton) {
  remarkButton.hidden = false;
  remarkButton.addEventListener('click', remark);
}

function remark() {
  const note = document.getElementById('note');
  if (!note) return;
  const words = marked.replace(/\s+/g, ' ');
  note.closest('details').open = true;
  note.focus();
  if (words) {
    note.value = [note.value.trimEnd(), remarkButton.dataset.quote.replace('{0}', () => words)].filter(part => part).join('\n');
    changed();
  }
  note.setSelectionRange(note.value.length, note.value.length);
}

function openFind() {
  const find = document.getElementById('find');
  if (!find) return;
  find.closest('details').open = true;
  const text = document.getElementById('text');
  const picked = String(getSelection()) || text?.value.slice(text.selectionStart, text.selectionEnd) || '';
  if (picked.trim()) find.value = picked.trim();
  find.focus();
  find.select();
}

// Chips, characters and suggestions go into the text by one press.
for (const button of document.querySelectorAll('[data-take], #characters-bar')) button.hidden = locked;
for (const chip of document.querySelectorAll('[data-chip]')) {
  if (locked || !document.getElementById('text')) break;
  chip.tabIndex = 0;
  chip.role = 'button';
  chip.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); insert(chip.textContent); } });
}
document.addEventListener('click', event => {
  const pressed = event.target.closest?.('[data-insert], [data-take], [data-chip], [data-place]');
  if (!pressed) return;
  if (pressed.dataset.insert) insert(pressed.dataset.insert);
  else if (pressed.dataset.take) take(pressed.dataset.take);
  else if ('chip' in pressed.dataset) insert(pressed.textContent);
  else if (goTo(pressed)) event.preventDefault();
});

// To the place that a finding means: in the text, or the words of the source that are missing in it.
function goTo(link) {
  const field = document.getElementById(link.hash.slice(1));
  if (link.dataset.start && field?.setSelectionRange) {
    const start = Number(link.dataset.start);
    field.focus();
    field.setSelectionRange(start, start + Number(link.dataset.length));
    return true;
  }
  const detail = link.closest('[data-detail]')?.dataset.detail;
  const walker = document.createTreeWalker(document.getElementById('source-text') ?? document.body, NodeFilter.SHOW_TEXT);
  while (detail && CSS.highlights && walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(detail);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + detail.length);
    CSS.highlights.set('finding', new Highlight(range));
    walker.currentNode.parentElement.scrollIntoView({ block: 'nearest' });
    break;
  }
  return false;
}

function nextFinding() {
  const links = [...document.querySelectorAll('#findings [data-place]')];
  if (links.length === 0) return;
  const next = links[(links.indexOf(document.activeElement) + 1) % links.length];
  next.focus();
}

// Checks go along while she writes. They never take away a reason that was given, nor the place where she types one.
const findings = document.getElementById('findings');
let looking = 0;
let asked = null;

function lookSoon() {
  clearTimeout(looking);
  if (!locked) looking = setTimeout(look, 1200);
}

async function look() {
  if (sending || findings.contains(document.activeElement)) return;
  asked?.abort();
  asked = new AbortController();
  try {
    const response = await fetch(`/portal/work/${say.job}?handler=Check`, {
      method: 'POST', body: new FormData(form), headers: { 'X-Portal-Script': '1' }, signal: asked.signal,
    });
    if (response.status === 200) {
      const html = await response.text();
      if (!findings.contains(document.activeElement)) findings.innerHTML = html;
    }
  } catch {
    // Without a connection there are no findings; at delivery they are looked for again.
  }
}
if (!findings.firstElementChild) lookSoon();

const findForm = document.getElementById('find-form');
findForm?.addEventListener('submit', async event => {
  event.preventDefault();
  const words = document.getElementById('find').value;
  const response = await fetch(`/portal/work/${say.job}?handler=Find&find=${encodeURIComponent(words)}`, { headers: { 'X-Portal-Script': '1' } }).catch(() => null);
  if (response?.status === 200) document.getElementById('found').innerHTML = await response.text();
});

// The first minute: no reason needed.
const free = Number(say.freeUntil) - now();
const askWhy = () => {
  document.getElementById('free-hint')?.setAttribute('hidden', '');
  document.getElementById('why')?.removeAttribute('hidden');
};
if (free > 0) setTimeout(askWhy, free);

document.getElementById('checks')?.focus();
