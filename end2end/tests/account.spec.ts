// The menus of the header, the page about oneself, and the colors.

import { expect, test } from '../fixtures/actors';
import { ORGANIZATION } from '../fixtures/installation';
import { AccountPage, ProfileMenu } from '../pages/account';
import { HelpPage } from '../pages/help';
import { HomePage } from '../pages/home';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';

test('the profile menu opens by Enter, closes by Escape, and gives the focus back', { tag: '@plain' }, async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const { button, menu } = new ProfileMenu(page);

  await button.focus();
  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
});

test('by keyboard alone, from the profile menu into the organization', { tag: '@plain' }, async ({ actors }) => {
  const page = await actors.administrator();
  await page.goto('/');
  const profile = new ProfileMenu(page);
  await profile.button.focus();
  await page.keyboard.press('Enter');
  await expect(profile.menu).toBeVisible();

  await test.step('the organization unfolds its own menu', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(profile.menu.getByRole('link', { name: /^Launch / })).toBeVisible();
  });
  const launched = await profile.menu.getByRole('link', { name: /^Launch / }).innerText();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/organizations\/[^/]+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(launched.replace(/^Launch\s+/, ''));
});

test('the profile menu leads everywhere', { tag: ['@plain', '@layout'] }, async ({ actors }) => {
  const { person, page } = await actors.user();
  const profile = new ProfileMenu(page);

  await new HomePage(page).open();
  await profile.open();
  await expect(profile.menu).toContainText(person.name);
  await expect(profile.menu).toContainText(person.email);
  await profile.menu.getByRole('link', { name: 'My account' }).click();
  const account = new AccountPage(page);
  await account.arrived();
  for (const words of [person.name, person.username, person.email]) await expect(page.getByRole('main').getByText(words, { exact: true })).toBeVisible();
  await expect(profile.menu).toBeHidden();

  await profile.open();
  await profile.menu.getByRole('link', { name: 'Help' }).click();
  await new HelpPage(page).arrived();

  await profile.open();
  await profile.choose(ORGANIZATION.name);
  await profile.launch(ORGANIZATION.name).click();
  await new OverviewPage(page, ORGANIZATION).arrived();
});

test('Admin, Users leads to Members', { tag: ['@plain', '@layout'] }, async ({ actors }) => {
  const page = await actors.administrator();
  await new OverviewPage(page, ORGANIZATION).open();
  const admin = page.getByRole('button', { name: 'Admin' });

  await admin.focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'Admin' });
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(admin).toBeFocused();

  await admin.click();
  await menu.getByRole('menuitem', { name: 'Users' }).click();
  await new MembersPage(page, ORGANIZATION).arrived();
});

test('the colors that somebody chooses stay', { tag: '@plain' }, async ({ actors }) => {
  const page = await actors.stranger();
  const help = new HelpPage(page);
  await help.open();
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  const theme = page.getByRole('group', { name: 'Theme' });

  await theme.getByRole('button', { name: 'Dark' }).click();
  await expect(theme.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
  await help.arrived();
  expect(await background()).not.toBe(light);

  await page.getByRole('contentinfo').getByRole('link', { name: 'Permissions' }).click();
  await help.guideArrived('Permissions');
  expect(await background()).not.toBe(light);

  await theme.getByRole('button', { name: 'System' }).click();
  await expect(theme.getByRole('button', { name: 'System' })).toHaveAttribute('aria-pressed', 'true');
  await help.guideArrived('Permissions');
  expect(await background()).toBe(light);
});
