// What `cargo xtask bench P-12` judges: how soon a list of members reacts to a press (Interaction to Next Paint, as browsers measure it
// themselves), and how long it takes to show what the press asks for.
//
//     node bench/interaction.mjs <address of the list> <session's token> [program of Chromium]
//
// Prints one line of JSON with every time, in milliseconds: `reactions` and `shown` of each kind of press, and the first loads. A press that is not answered ends the run with an error.

import { chromium } from '@playwright/test';

const PRESSES = 36;
const LOADS = 7;
/** As a phone of the middle class. */
const SLOWER = 4;
/** "Slow 4G" of Chromium's developer tools: milliseconds, and bytes a second. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
/** Each finds some of the thousand people, and nobody has two of them. */
const WORDS = ['hannah', 'zoe', 'yuki', 'thomas', 'priya', 'mei'];

const [address, token, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox', '--disable-quic'] });
try {
  const { page, tab } = await open();
  await load(page);
  // Not before: another process takes the first page over, and knows nothing of it.
  await tab.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const [menu, search, next] = [await both(page, menus), await both(page, searches), await both(page, walks)];
  console.log(JSON.stringify({ menu, search, next, answers: await loads() }));
} finally {
  await browser.close();
}

/** A browser of its own, with nothing kept but the session; the page is where it waits for an address. */
async function open(network) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([{ name: 'nexus', value: token, url: address }]);
  await context.addInitScript(exposeClock);
  const page = await context.newPage();
  const tab = await context.newCDPSession(page);
  await tab.send('Network.enable');
  if (network) await tab.send('Network.emulateNetworkConditions', network);
  return { context, page, tab };
}

/** How soon the presses were reacted to, and when what they asked for was shown. */
async function both(page, presses) {
  const reactions = [];
  const shown = await presses(page, async () => reactions.push(...(await page.evaluate(() => window.takeReactions()))));
  return { reactions, shown };
}

/** Opening the menus of one row after another. */
async function menus(page, note) {
  await load(page);
  // Asking for roles would make a slowed page compute the names of all.
  const buttons = page.locator('main tbody [data-actions]');
  const times = [];
  for (let count = 0; count < PRESSES; count += 1) {
    const button = buttons.nth(count);
    await time(page, 'click', () => document.querySelector('[role=menu]:popover-open [role=menuitem]:not([hidden])') !== null);
    await press(page, button);
    times.push(await taken(page));
    await note();
    await page.keyboard.press('Escape');
    await until(page, () => document.querySelector(':popover-open') === null);
  }
  return times;
}

/** The answer to one search after another, from the last key of the word; the pause of typing is in it. */
async function searches(page, note) {
  await load(page);
  const field = page.locator('main input[type=search]');
  const times = [];
  for (let count = 0; count < PRESSES; count += 1) {
    const word = WORDS[count % WORDS.length];
    await field.press('Control+a');
    await atRest(page);
    const isFound = (word) => {
      const row = document.querySelector('main tbody tr');
      return new URLSearchParams(location.search).get('search') === word && Boolean(row?.textContent?.toLowerCase().includes(word));
    };
    await time(page, 'keydown', isFound, word);
    await page.keyboard.type(word);
    times.push(await taken(page));
    await note();
  }
  return times;
}

/** Going through the list with *Next*, from its beginning again where it ends. */
async function walks(page, note) {
  await load(page);
  const next = page.locator('main a[rel=next]');
  const times = [];
  while (times.length < PRESSES) {
    if (!(await next.isVisible())) await load(page);
    const first = await page.evaluate(() => document.querySelector('main tbody th')?.textContent);
    const isOther = (first) => {
      const row = document.querySelector('main tbody th');
      return row !== null && row.textContent !== first;
    };
    await time(page, 'click', isOther, first);
    await press(page, next);
    times.push(await taken(page));
    await note();
    await atRest(page);
  }
  return times;
}

/** From the beginning of a navigation until the search box follows what is typed; each time with nothing kept. */
async function loads() {
  const times = [];
  for (let count = 0; count < LOADS; count += 1) {
    const { context, page } = await open(SLOW_4G);
    await load(page);
    times.push(await page.evaluate(() => window.awakeAfter));
    // It does answer.
    await page.locator('main input[type=search]').pressSequentially('zoe');
    await page.waitForURL(/[?&]search=zoe$/);
    await context.close();
  }
  return times;
}

async function load(page) {
  await page.goto(address, { waitUntil: 'commit' });
  await until(page, () => 'awakeAfter' in window);
  await atRest(page);
}

/** Waits until nothing moves any more, as a person would before the next press. */
async function atRest(page) {
  await until(page, () => document.readyState === 'complete' && document.getAnimations().length === 0);
}

/** A slowed page gets frames seldom, at which Playwright would ask otherwise. */
async function until(page, isSo) {
  await page.waitForFunction(isSo, undefined, { polling: 50 });
}

/** Presses where an element is, without asking the page anything meanwhile. */
async function press(page, element) {
  await element.scrollIntoViewIfNeeded();
  const place = await element.boundingBox();
  if (!place) throw new Error('There is nothing to press.');
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  await page.mouse.move(x, y);
  await atRest(page);
  await page.mouse.click(x, y);
}

/** Begins to wait for what the next press will show. A function is sent as its words, so it can use nothing but what it is given. */
async function time(page, kind, isShown, given) {
  const words = `timed(${JSON.stringify(kind)}, () => (${isShown})(${JSON.stringify(given)}))`;
  await page.evaluate(`window.taken = ${words}; undefined`);
}

/** How long it took. */
async function taken(page) {
  const milliseconds = await page.evaluate(() => window.taken);
  if (milliseconds === undefined) throw new Error('The press led to another document.');
  return milliseconds;
}

/** Runs in the page, before its own scripts. */
function exposeClock() {
  document.addEventListener('nexus:awake', () => (window.awakeAfter = performance.now()));

  // Of the events of one press, the one that took longest counts (web.dev/articles/inp). The shortest are not reported.
  const shortest = 16;
  const reactions = new Map();
  const observer = new PerformanceObserver((list) => hear(list.getEntries()));
  const hear = (entries) => {
    for (const { interactionId, duration } of entries) {
      if (interactionId) reactions.set(interactionId, Math.max(duration, reactions.get(interactionId) ?? 0));
    }
  };
  observer.observe({ type: 'event', durationThreshold: shortest });

  /** How long each press since the last call waited for a frame; at least one, that of which nothing was reported. */
  window.takeReactions = () => {
    hear(observer.takeRecords());
    const taken = [...reactions.values()];
    reactions.clear();
    return taken.length > 0 ? taken : [shortest];
  };

  /** From the newest event of a kind, as the browser received it, to the end of the first frame that shows what it brought. */
  window.timed = (kind, isShown) =>
    new Promise((resolve, reject) => {
      const patience = 10_000;
      const ends = new AbortController();
      let received;
      addEventListener(kind, (event) => (received = event.timeStamp), { capture: true, signal: ends.signal });
      const observer = new MutationObserver(() => {
        if (received === undefined || !isShown()) return;
        end();
        requestAnimationFrame(() => {
          // What is posted in a frame is read once the frame is painted.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - received);
          port2.postMessage(undefined);
        });
      });
      const late = setTimeout(() => {
        end();
        reject(new Error(`${isShown} is not so within ${patience} ms.`));
      }, patience);
      const end = () => {
        ends.abort();
        observer.disconnect();
        clearTimeout(late);
      };
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
}
