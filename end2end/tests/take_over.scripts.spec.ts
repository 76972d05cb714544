// Taking a page over changes nothing that the server rendered: whoever starts reading or typing early is not disturbed.
// Only what needs scripts comes to life then: `Show` at a password, `Copy` at a key, what a row's button opens, islands in their places,
// and the username that follows the name.

import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/actors';
import { takenOver } from '../fixtures/a11y';
import { ORGANIZATION } from '../fixtures/installation';

const ROOT = `/organizations/${ORGANIZATION.slug}`;

test("an administrator's pages are the same before and after scripts take them over", async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const found = `${ROOT}/members?search=${encodeURIComponent(person.email)}`;
  for (const address of ['/', ROOT, `${ROOT}/members`, found, `${ROOT}/members/invite`, `${ROOT}/leave`, '/account', '/account/two-factor']) {
    await expectUnchanged(page, address);
  }
});

test("a User's pages are the same before and after scripts take them over", async ({ actors }) => {
  const { page } = await actors.user();
  for (const address of ['/', ROOT, `${ROOT}/members`, '/organizations/nobody-knows-it', '/account', '/account/two-factor']) await expectUnchanged(page, address);
});

test("a stranger's pages are the same before and after scripts take them over", async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  const addresses = ['/help', '/help/signing-in', '/nothing', '/complete?token=nonsense', '/set-up?token=nonsense', `/dev/mailbox?recipient=${person.email}`];
  for (const address of [link, ...addresses]) await expectUnchanged(page, address);
});

/** Opens a page, and compares what the server sent with what stands there once scripts have taken it over. */
async function expectUnchanged(page: Page, address: string): Promise<void> {
  const shown = address.replace(/token=.*/, 'token=…');
  await test.step(shown, async () => {
    const answer = await page.goto(address);
    const sent = (await answer?.text()) ?? '';
    await takenOver(page);
    const { before, after } = await page.evaluate(bodies, sent);
    expect(before.length, 'the page has content').toBeGreaterThan(10);
    expect(after, `${shown}: what scripts have changed`).toEqual(before);
  });
}

/** The body as sent and as it stands, one line for each tag and text. */
function bodies(sent: string): { before: string[]; after: string[] } {
  const comesToLife = (body: HTMLElement) => {
    for (const button of body.querySelectorAll('[data-reveal], [data-copy]')) button.removeAttribute('hidden');
    for (const button of body.querySelectorAll('[data-actions]')) for (const name of ['aria-haspopup', 'aria-expanded']) button.removeAttribute(name);
    for (const island of body.querySelectorAll('[data-island]')) island.replaceChildren();
    for (const username of body.querySelectorAll('input[name="registration[username]"]')) username.removeAttribute('readonly');
    return body;
  };
  const lines = (parent: Node, depth = 0): string[] => {
    const indent = '  '.repeat(depth);
    const found: string[] = [];
    let text = '';
    const endText = () => {
      if (text !== '') found.push(`${indent}${JSON.stringify(text)}`);
      text = '';
    };
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.textContent;
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      endText();
      const element = node as Element;
      const attributes = [...element.attributes]
        .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
        .sort();
      found.push(`${indent}<${element.localName}${attributes.join('')}>`, ...lines(element, depth + 1));
    }
    endText();
    return found;
  };
  const before = new DOMParser().parseFromString(sent, 'text/html').body;
  return { before: lines(comesToLife(before)), after: lines(comesToLife(document.body)) };
}
