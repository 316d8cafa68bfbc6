// News from the server: offers are let in at the end of the list, where they move nothing under the finger; what is gone turns grey in its place.
import { refresh } from './times.js';

const say = document.body.dataset;
const line = document.getElementById('live-line');
const announce = document.getElementById('announce');
const list = document.getElementById('offers');
const pill = document.getElementById('new-jobs');
const count = document.getElementById('count');
const forYou = document.getElementById('for-you');
const inTurn = document.getElementById('in-turn');

export function listen(url) {
  let last = say.since;
  let source;
  let pause = 1000;
  let lost;

  const connect = () => {
    source = new EventSource(`${url}?since=${last}`);
    source.onopen = () => {
      pause = 1000;
      clearTimeout(lost);
      if (line.dataset.kind === 'lost') {
        line.hidden = true;
        line.dataset.kind = '';
        announce.textContent = say.liveBack;
      }
    };
    source.onerror = () => {
      clearTimeout(lost);
      lost = setTimeout(() => show('lost', say.liveLost), 4000);
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(connect, pause);
        pause = Math.min(pause * 2, 30000);
      }
    };
    for (const [type, act] of Object.entries({ offer, gone, mine })) {
      source.addEventListener(type, event => {
        last = event.lastEventId || last;
        act(JSON.parse(event.data));
      });
    }
  };

  connect();
  addEventListener('pagehide', () => { clearTimeout(lost); source.close(); });
  addEventListener('pageshow', event => { if (event.persisted) connect(); });
}

const card = job => document.querySelector(`#in-turn [data-job="${CSS.escape(job)}"], #offers [data-job="${CSS.escape(job)}"]`);

// A window that has run down: the next one is asked. Should the job come to all, its card comes with it.
document.addEventListener('portal:offer-over', event => {
  const over = event.target.closest('.offer.in-turn');
  if (over && !over.classList.contains('gone')) end(over, say.offerPassed);
});

function offer({ job, html }) {
  if (!forYou) return;
  const there = card(job);
  if (there && !there.classList.contains('gone')) return;

  const template = document.createElement('template');
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  if (fresh.classList.contains('in-turn')) {
    there?.remove();
    return letIn(fresh);
  }
  if (!list) return;
  if (there?.closest('#in-turn')) {
    there.remove();
    forYou.hidden = inTurn.children.length === 0;
    list.append(fresh);
  } else if (there) {
    there.replaceWith(fresh);
  } else if (list.closest('[data-more]').dataset.more === 'false') {
    list.append(fresh);
  }
  add(1);
  document.getElementById('no-offers').hidden = true;
  announce.textContent = say.newJob.replace('{0}', fresh.dataset.said);
  if (!fresh.isConnected) return;
  fresh.classList.add('new');
  refresh(fresh);
  new IntersectionObserver((entries, observer) => {
    observer.disconnect();
    if (!entries[0].isIntersecting && fresh.getBoundingClientRect().top > 0) showPill(fresh);
  }).observe(fresh);
}

// For her alone, and on top. Where a finger or the focus is on what would move down, it waits for a tap: nothing moves under the finger.
function letIn(fresh) {
  const tell = () => { announce.textContent = say.forYouNow.replace('{0}', fresh.dataset.said); };
  const place = () => {
    // Whatever ran down before stands below what is running.
    inTurn.insertBefore(fresh, inTurn.querySelector('.gone'));
    forYou.hidden = false;
    fresh.classList.add('new');
    refresh(fresh);
  };
  tell();
  const below = [inTurn, document.querySelector('.held'), list].filter(Boolean);
  if (below.some(part => part.matches(':hover') || part.contains(document.activeElement))) {
    show('for-you', say.forYouNow.replace('{0}', fresh.dataset.said), say.showNews, () => {
      place();
      fresh.scrollIntoView({ block: 'center' });
      fresh.querySelector('a').focus();
    });
  } else {
    place();
  }
}

function end(there, words) {
  there.classList.add('gone');
  there.classList.remove('new');
  const said = document.createElement('span');
  said.className = 'gone-words';
  said.textContent = words;
  if (there.contains(document.activeElement)) announce.textContent = words;
  there.querySelector('.in-turn-clock')?.remove();
  there.querySelector('.offer-main')?.removeAttribute('href');
  there.querySelector('.not-now')?.remove();
  there.querySelector('form')?.replaceWith(said);
}

function gone({ job, mine: yours }) {
  const there = card(job);
  if (!there || there.classList.contains('gone')) return;
  there.classList.add('gone');
  there.classList.remove('new');
  if (!there.closest('#in-turn')) add(-1);
  there.querySelector('.not-now')?.remove();
  const words = document.createElement(yours ? 'a' : 'span');
  words.className = 'gone-words';
  words.textContent = yours ? say.goneYours : say.gone;
  const link = there.querySelector('.offer-main');
  if (yours) {
    words.href = link.href = `/portal/work/${job}`;
  } else {
    link.removeAttribute('href');
  }
  // Whoever was about to press the button keeps the place, and hears why.
  const form = there.querySelector('form');
  if (form?.contains(document.activeElement)) announce.textContent = words.textContent;
  form?.replaceWith(words);
}

function mine() {
  if (dispatchEvent(new CustomEvent('portal:mine', { cancelable: true }))) show('news', say.news, say.showNews);
}

function add(change) {
  const jobs = Math.max(0, Number(count.dataset.count) + change);
  count.dataset.count = jobs;
  count.textContent = jobs.toLocaleString(document.documentElement.lang);
}

function showPill(fresh) {
  pill.hidden = false;
  pill.onclick = () => {
    pill.hidden = true;
    fresh.scrollIntoView({ block: 'center' });
    fresh.querySelector('a').focus();
  };
}

function show(kind, words, link, act) {
  if (line.dataset.kind === 'news' && !line.hidden) return;
  line.dataset.kind = kind;
  line.replaceChildren(words);
  if (link) {
    const a = document.createElement('a');
    a.href = location.href;
    a.textContent = link;
    if (act) {
      a.addEventListener('click', event => {
        event.preventDefault();
        line.hidden = true;
        line.dataset.kind = '';
        act();
      });
    }
    line.append(' ', a);
  }
  line.hidden = false;
}
