// The guides, which everybody may read.

import { expect, test } from '../fixtures/actors';
import { notFoundArrived } from '../pages/organizations';
import { GUIDES, HelpPage } from '../pages/help';

test('the guides are linked from the help page and from every footer', async ({ actors }) => {
  const page = await actors.stranger();
  const help = new HelpPage(page);
  for (const [slug, title] of Object.entries(GUIDES)) {
    await help.open();
    await page.getByRole('main').getByRole('link', { name: title }).click();
    await help.guideArrived(title);
    await expect(page).toHaveURL(`/help/${slug}`);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
    await help.arrived();
    await expect(page.getByRole('contentinfo').getByRole('link', { name: title })).toBeVisible();
  }
});

test('an address that does not exist says so', async ({ actors }) => {
  const page = await actors.stranger();
  for (const address of ['/help/nothing', '/nothing/at/all']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(404);
    await notFoundArrived(page);
  }
});

test('the first stop of the keyboard leads to the content', { tag: '@plain' }, async ({ actors }) => {
  const page = await actors.stranger();
  await new HelpPage(page).open();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: /skip/i });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
