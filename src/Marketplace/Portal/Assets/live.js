// News from the server: offers are let in at the end of the list, where they move nothing under the finger; what is gone turns grey in its place.
import { refresh } from './times.js';

const say = document.body.dataset;
const line = document.getElementById('live-line');
const announce = document.getElementById('announce');
const list = document.getElementById('offers');
const pill = document.getElementById('new-jobs');
const count = document.getElementById('count');

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

const card = job => list?.querySelector(`[data-job="${CSS.escape(job)}"]`);

function offer({ job, html }) {
  if (!list) return;
  const there = card(job);
  if (there && !there.classList.contains('gone')) return;

  const template = document.createElement('template');
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  if (there) {
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

function gone({ job, mine: yours }) {
  const there = card(job);
  if (!there || there.classList.contains('gone')) return;
  there.classList.add('gone');
  there.classList.remove('new');
  add(-1);
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

function show(kind, words, link) {
  if (line.dataset.kind === 'news' && !line.hidden) return;
  line.dataset.kind = kind;
  line.replaceChildren(words);
  if (link) {
    const a = document.createElement('a');
    a.href = location.href;
    a.textContent = link;
    line.append(' ', a);
  }
  line.hidden = false;
}
