// A tab that stays open.

import { expect, test } from '../fixtures/actors';
import { takenOver } from '../fixtures/a11y';
import { EXAMPLE_SESSION, get } from '../fixtures/installation';

const VISITS = 200;
const GROWTH = 5_000_000;

test('200 visits to a list let the tab grow by less than 5 MB', async ({ actors }) => {
  const page = await actors.stranger(EXAMPLE_SESSION);
  // The module's memory, which the browser's heap does not hold.
  await page.addInitScript(() => {
    const start = WebAssembly.instantiateStreaming.bind(WebAssembly);
    WebAssembly.instantiateStreaming = async (...given: Parameters<typeof start>) => {
      const started = await start(...given);
      Object.assign(document, { moduleMemory: started.instance.exports['memory'] });
      return started;
    };
  });
  const address = new URL(get().example.members);
  address.searchParams.set('size', '100');
  await page.goto(address.href);
  await takenOver(page);
  const tab = await page.context().newCDPSession(page);
  const weight = async () => {
    await tab.send('HeapProfiler.collectGarbage');
    const { usedSize } = await tab.send('Runtime.getHeapUsage');
    const { nodes } = await tab.send('Memory.getDOMCounters');
    const module = await page.evaluate(() => (document as unknown as { moduleMemory: WebAssembly.Memory }).moduleMemory.buffer.byteLength);
    return { bytes: usedSize + module, nodes };
  };
  const visit = async () => {
    await page.evaluate(async (address) => {
      const link = Object.assign(document.createElement('a'), { href: address });
      const before = document.querySelector('main');
      document.body.append(link);
      link.click();
      while (document.querySelector('main') === before) await new Promise((resolve) => setTimeout(resolve, 5));
    }, address.href);
  };

  // What is needed once is there after a few.
  for (let count = 0; count < 10; count += 1) await visit();
  const before = await weight();
  for (let count = 0; count < VISITS; count += 1) await visit();
  const after = await weight();
  expect(after.bytes - before.bytes).toBeLessThan(GROWTH);
  expect(after.nodes, 'no page of before is held').toBeLessThan(before.nodes * 2);
});
