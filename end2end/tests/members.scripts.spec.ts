// What scripts add to the list of people.

import { expect, test } from '../fixtures/actors';
import { isDatabaseWithinReach } from '../fixtures/database';
import { holdBack, marked } from '../fixtures/documents';
import { letLinksExpire } from '../fixtures/furniture';
import { ORGANIZATION, get } from '../fixtures/installation';
import { expectTab } from '../fixtures/tabs';
import { newPerson } from '../fixtures/words';
import { CancelInvitationPage } from '../pages/invitations';
import { DeactivatePage, MembersPage } from '../pages/members';
import { notFoundArrived } from '../pages/organizations';

test('the list follows while one types, and the address keeps it', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const isSamePage = await marked(page);

  await members.search.focus();
  await page.keyboard.type(person.lastName.slice(1, 5));
  await expect(members.rows).toHaveCount(1);
  await expect(members.row(person.email)).toBeVisible();
  await expect(members.search).toBeFocused();

  await page.keyboard.type(person.lastName.slice(5), { delay: 120 });
  const typed = person.lastName.slice(1);
  await expect(members.search).toHaveValue(typed);
  await expect(page).toHaveURL(new RegExp(`search=${typed}$`));
  await expect(members.search).toBeFocused();
  await expect(page.getByText('1 found')).toBeVisible();
  expect(await isSamePage(), 'the page was not loaded again').toBe(true);

  await members.search.fill('');
  await expect(page).toHaveURL(/\/members$/);
  await expect(members.row(get().administrator.name)).toBeVisible();

  await page.goto(`/organizations/${ORGANIZATION.slug}/members?search=${typed}`);
  await expect(members.search).toHaveValue(typed);
  await expect(members.rows).toHaveCount(1);
});

test('what is typed while an earlier answer is on its way is searched for, too', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const { asked, letThrough } = await holdBack(page, 'GET', /\/members\?search=/);
  await members.search.fill('nobody-is-called-this');
  await asked;
  await members.search.fill(person.email);
  letThrough();
  await expect(members.row(person.email)).toBeVisible();
  await expect(members.rows).toHaveCount(1);
  await expect(page).toHaveURL(new RegExp(`search=${encodeURIComponent(person.email)}$`));
});

test('Send again happens in place', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const isSamePage = await marked(page);

  await members.choose(person.email, 'Send again');
  await expect(page.getByText('Invitation sent again')).toBeVisible();
  await expect(page.getByRole('menu')).toBeHidden();
  expect(await isSamePage(), 'the page was not loaded again').toBe(true);
  await expect(members.search).toHaveValue(person.email);
});

test('an expired invitation reads Invited once it was sent again', async ({ actors }) => {
  test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
  const { person } = await actors.invited();
  letLinksExpire(person.email);
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  await expect(members.row(person.email)).toContainText('Invitation expired');
  const isSamePage = await marked(page);

  await members.choose(person.email, 'Send again');
  await expect(page.getByText('Invitation sent again')).toBeVisible();
  await expect(members.row(person.email)).toContainText('Invited');
  await expect(members.row(person.email)).not.toContainText('Invitation expired');
  expect(await isSamePage(), 'the page was not loaded again').toBe(true);
});

test('the key / leads to the search', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  await page.keyboard.press('/');
  await expect(members.search).toBeFocused();
  await page.keyboard.type('a/b');
  await expect(members.search).toHaveValue('a/b');
});

test('arrow keys walk through a menu', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  await page.getByRole('button', { name: `Actions for ${person.email}` }).focus();

  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Send again' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Cancel invitation' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('menuitem', { name: 'Send again' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `Actions for ${person.email}` })).toBeFocused();
});

test('a question is asked over the list, keeps the focus, and gives it back', { tag: '@layout' }, async ({ actors }) => {
  const { person } = await actors.user();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  const deactivate = new DeactivatePage(page, person.name);
  await members.open(person.email);
  const isSamePage = await marked(page);
  const address = page.url();
  const button = page.getByRole('button', { name: `Actions for ${person.name}` });

  await button.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await deactivate.arrived();
  await expect(deactivate.keep, 'what does no harm has the focus').toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button).toBeFocused();

  await members.askToDeactivate(person.name);
  await page.mouse.click(2, 2);
  await expect(page.getByRole('dialog'), 'a click beside it closes it').toHaveCount(0);
  await expect(members.row(person.name)).toContainText('Active');

  await members.choose(person.name, 'Deactivate');
  await deactivate.confirm.click();
  await deactivate.receiptArrived();
  await expect(page.getByRole('dialog', { name: `${person.name} is deactivated` })).toBeVisible();
  await expect(page.getByText('Deactivated', { exact: true }), 'the list behind it is read again').toBeAttached();
  await deactivate.back.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(members.row(person.name)).toContainText('Deactivated');
  expect(page.url()).toBe(address);
  expect(await isSamePage(), 'the page was not loaded again').toBe(true);
});

test('two invitations are cancelled one after the other without leaving the list', async ({ actors }) => {
  const shared = newPerson().lastName.toLowerCase();
  const invite = async (local: string) => (await actors.invited({}, { ...newPerson(), email: `${local}.${shared}@people.example` })).person.email;
  const [first, second] = [await invite('one'), await invite('two')];
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(shared);
  const isSamePage = await marked(page);

  for (const email of [first, second]) {
    await members.choose(email, 'Cancel invitation');
    const cancel = new CancelInvitationPage(page, email);
    await cancel.arrived();
    await cancel.confirm.click();
    await expect(page.getByText('Invitation cancelled')).toBeVisible();
    await expect(members.row(email)).toHaveCount(0);
  }
  await expect(page.getByText('Nobody found')).toBeVisible();
  expect(await isSamePage(), 'the page was not loaded again').toBe(true);
});

test('a question that can no longer be asked leads to its page, which says why', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const colleague = await actors.administrator();
  const theirs = new MembersPage(colleague, ORGANIZATION);
  await theirs.open(person.email);
  await theirs.choose(person.email, 'Cancel invitation');
  await new CancelInvitationPage(colleague, person.email).confirm.click();
  await expect(colleague.getByText('Invitation cancelled')).toBeVisible();

  await members.choose(person.email, 'Cancel invitation');
  await notFoundArrived(page);
});

test('a question opens in a new tab as any link does', async ({ actors }) => {
  const { person } = await actors.user();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const menu = await members.actions(person.name);
  const question = menu.getByRole('menuitem', { name: 'Deactivate', exact: true });
  const address = (await question.getAttribute('href')) ?? '';
  await question.click({ modifiers: ['ControlOrMeta'] });
  await expectTab(page, address);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await members.arrived();
  await page.goto(address);
  await new DeactivatePage(page, person.name).arrivedFromAddress();
});
