// Searching while one types: the list follows, the input is left alone.

import { expect, test } from '../fixtures/actors';
import { aWhile, count, marked } from '../fixtures/documents';
import { ORGANIZATION } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { MembersPage } from '../pages/members';

const SEARCH = /\/members\?search=/;

test('half a word of an input method is not searched for, and is not disturbed', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const isSameDocument = await marked(page);
  const searches = count(page, 'GET', SEARCH);
  const keyboard = await page.context().newCDPSession(page);
  const compose = (text: string) => keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });

  await members.search.focus();
  for (const text of ['w', 'わ', 'わt', 'わた', 'わたs', 'わたし']) {
    await compose(text);
    await expect(members.search).toHaveValue(text);
  }
  // Longer than the pause after which one searches.
  await aWhile(page, 400);
  expect(searches()).toBe(0);
  await keyboard.send('Input.insertText', { text: '私' });
  await expect(members.search).toHaveValue('私');
  await expect(page).toHaveURL(/search=%E7%A7%81$/);
  await expect(page.getByText(/^\d+ found$/)).toBeVisible();
  await expect(members.search).toHaveValue('私');
  await expect(members.search).toBeFocused();
  expect(searches()).toBe(1);
  expect(await isSameDocument()).toBe(true);
});

test('an input method that goes on while an answer comes is not disturbed', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const keyboard = await page.context().newCDPSession(page);
  await members.search.focus();
  await page.keyboard.type('a');
  await expect(page).toHaveURL(/search=a$/);
  await page.keyboard.type('b');
  await keyboard.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await expect(page).not.toHaveURL(/search=a$/);
  await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await keyboard.send('Input.insertText', { text: '日本' });
  await expect(members.search).toHaveValue('ab日本');
  await expect(page).toHaveURL(new RegExp(`search=${encodeURIComponent('ab日本')}$`));
});

test('the caret stays where it is while the list follows', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await members.search.fill(person.lastName);
  await expect(members.rows).toHaveCount(1);
  await members.search.press('Home');
  await page.keyboard.type(`${person.firstName.slice(0, 2)} `);
  await expect(page).toHaveURL(new RegExp(`search=${person.firstName.slice(0, 2)}\\+`));
  expect(await members.search.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(3);
});

test('a key opens the menu of a row at its first action, and the focus of a list that follows is not lost', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await members.search.fill(person.email);
  await expect(members.rows).toHaveCount(1);
  const button = page.getByRole('button', { name: `Actions for ${person.email}` });
  await button.focus();
  await page.keyboard.press('Enter');
  const items = page.getByRole('menu', { name: `Actions for ${person.email}` }).getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();

  await members.search.fill(person.email.slice(0, -1));
  await button.focus();
  await expect(page).not.toHaveURL(new RegExp(`${encodeURIComponent(person.email)}$`));
  await expect(members.rows).toHaveCount(1);
  await expect(button).toBeFocused();
});

test('a link that is chosen right after a search leads on', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await members.search.fill('nobody is called so');
  await members.search.press('Enter');
  await page.getByRole('link', { name: 'Show everybody' }).click();
  await expect(members.search).toHaveValue('');
  await expect(page.getByText('Nobody found')).toBeHidden();
});

test('the history keeps the page before a search, not each letter', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await page.goto('/help');
  await page.goto(`/organizations/${ORGANIZATION.slug}/members`);
  await members.arrived();
  await members.search.pressSequentially('zzz', { delay: 250 });
  await expect(page).toHaveURL(/search=zzz$/);
  await expect(page.getByText('Nobody found')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/help$/);
});

test('a search that fails leaves the list, and the next one takes its place', async ({ actors }) => {
  actors.complaints.plan(/net::ERR_FAILED/);
  const { email } = newPerson();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await page.route(SEARCH, (route) => route.abort(), { times: 1 });
  await members.search.fill('somebody');
  await expect(page.getByRole('alert')).toContainText("Nexus can't be reached");
  await expect(members.rows.first()).toBeVisible();
  await members.search.fill(email);
  await expect(page.getByText('Nobody found')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(members.search).toHaveValue(email);
});
