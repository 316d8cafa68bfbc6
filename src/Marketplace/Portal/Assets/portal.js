// What every page has: times that go on, forms that are sent once, and news that come by themselves.
import { tick } from './times.js';
import { listen } from './live.js';

tick();

// A form is sent once, however often the button is pressed; coming back to the page makes it usable again.
document.addEventListener('submit', event => {
  if (event.defaultPrevented || event.target.method === 'dialog') return;
  const button = event.submitter;
  if (!button || button.ariaBusy === 'true') {
    if (button) event.preventDefault();
    return;
  }
  button.ariaBusy = 'true';
});
addEventListener('pageshow', () => document.querySelectorAll('[aria-busy="true"]').forEach(b => { b.ariaBusy = null; }));

// Open menus close by Escape and by a press elsewhere.
const closeMenus = except => document.querySelectorAll('.menu[open], .hand-back[open]').forEach(d => { if (!d.contains(except)) d.open = false; });
document.addEventListener('click', event => closeMenus(event.target));
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('.menu[open], .hand-back[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});

// What was delivered need not be kept in this browser any more.
for (const done of document.querySelectorAll('[data-done]')) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('zz-draft:') && key.endsWith(done.dataset.done)) localStorage.removeItem(key);
  }
}

if (document.body.dataset.live) listen(document.body.dataset.live);
