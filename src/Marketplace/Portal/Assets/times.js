// Relative times and countdowns, in the words of the page's language, by the server's clock.
const say = document.body.dataset;
const loaded = performance.getEntriesByType('navigation')[0]?.responseStart ?? 0;
const offset = Number(say.since) - (performance.timeOrigin + loaded);

export const now = () => Date.now() + offset;

const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_, i) => values[i]);

function span(milliseconds, days = say.daysDeclined) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60000);
  if (minutes < 1) return say.underMinute;
  if (minutes < 60) return fill(say.minutes, minutes);
  if (minutes >= 48 * 60) return fill(days, Math.floor(minutes / 1440));
  return minutes % 60 === 0 ? fill(say.hours, minutes / 60) : fill(say.hoursMinutes, Math.floor(minutes / 60), minutes % 60);
}

const clock = milliseconds => {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const write = {
  ago: left => (-left < 60000 ? say.justNow : fill(say.ago, span(left))),
  due: left => fill(left > 0 ? say.within : say.overdue, span(left)),
  offer: left => (left <= 0 ? say.offerOver : clock(left)),
  lease: left => (left <= 0 ? say.over : fill(say.left, left < 3600000 ? clock(left) : span(left, say.days))),
};

// From here on the time is shown as running out.
const soon = { due: 30 * 60000, lease: 5 * 60000, offer: 15000 };

export function refresh(root = document) {
  for (const time of root.querySelectorAll('time[data-time]')) {
    const kind = time.dataset.time;
    const left = Date.parse(time.dateTime) - now();
    const text = time.dataset.exact ? time.title : write[kind](left);
    if (time.textContent !== text) time.textContent = text;
    // What was for her alone is not hers any more; the card keeps its place until the server says what became of it.
    if (kind === 'offer' && left <= 0) time.dispatchEvent(new CustomEvent('portal:offer-over', { bubbles: true }));
    if (kind in soon) time.dataset.soon = left <= 0 ? '2' : left < soon[kind] ? '1' : '0';
  }
}

export function tick() {
  // A tap shows the exact time, where nothing can hover; on a card the tap opens the card.
  document.addEventListener('click', event => {
    const time = event.target.closest?.('time[data-time]');
    if (!time || time.closest('a, summary')) return;
    time.toggleAttribute('data-exact');
    if (time.dataset.exact !== undefined) time.dataset.exact = '1';
    refresh();
  });
  refresh();
  setInterval(refresh, 1000);
}
