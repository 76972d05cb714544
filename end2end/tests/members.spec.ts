// The list of people, and withdrawing access.

import { expect, test } from '../fixtures/actors';
import { ORGANIZATION, get } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { HomePage } from '../pages/home';
import { CancelInvitationPage } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { ForbiddenPage, OverviewPage, notFoundArrived } from '../pages/organizations';

test('search finds by any part of name, username and address, in any case and order', async ({ actors }) => {
  const person = newPerson({ firstName: 'Zoë' });
  await actors.user({}, person);
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();

  const part = person.lastName.slice(2, 7);
  for (const words of [person.lastName, part.toUpperCase(), `${part} zoe`, `zoë ${person.lastName.toLowerCase()}`, person.username, person.email.slice(4)]) {
    await members.find(words);
    await expect(members.rows).toHaveCount(1);
    await expect(members.row(person.name)).toContainText('Active');
    await expect(page.getByText('1 found')).toBeVisible();
    await expect(members.search).toHaveValue(words);
  }

  await members.find(`${person.lastName} xyzzy`);
  await expect(page.getByText('Nobody found')).toBeVisible();
  await page.getByRole('link', { name: 'Show everybody' }).click();
  await expect(members.row(get().administrator.name)).toBeVisible();
});

test('Deactivate asks first, gives a receipt, and ends the access of an open session', { tag: ['@plain', '@layout'] }, async ({ actors }) => {
  const { person, page: open } = await actors.user();
  await new OverviewPage(open, ORGANIZATION).open();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);

  await members.open(person.email);
  const deactivate = await members.askToDeactivate(person.name);
  await test.step('nothing has happened yet', async () => {
    await deactivate.keep.click();
    await members.open(person.email);
    await expect(members.row(person.name)).toContainText('Active');
  });

  await members.askToDeactivate(person.name);
  await deactivate.confirm.click();
  await deactivate.receiptArrived();
  await expect(deactivate.receipt).toContainText('Access ended');
  await expect(deactivate.receipt).toContainText('1 open session lost this organization');
  await deactivate.back.click();
  await members.open(person.email);
  await expect(members.row(person.name)).toContainText('Deactivated');

  await test.step('the next request of the open session is refused', async () => {
    const answer = await open.goto(`/organizations/${ORGANIZATION.slug}`);
    expect(answer?.status()).toBe(404);
    await notFoundArrived(open);
    await new HomePage(open).open();
    await expect(open.getByText(`Your access to ${ORGANIZATION.name} has ended`)).toBeVisible();
  });

  await test.step('the person is told by mail', async () => {
    const mail = await (await actors.mailbox()).openNewest(person.email, `Your access to ${ORGANIZATION.name} has ended`);
    expect(await mail.plainText()).toContain(ORGANIZATION.name);
  });
});

test('an Administrator who is deactivated can do nothing more in an open page', async ({ actors }) => {
  const { person, page: open } = await actors.anotherAdministrator();
  const theirs = new MembersPage(open, ORGANIZATION);
  await theirs.open(get().administrator.email);

  await actors.seed.deactivate(person);
  await theirs.inviteUsers.click();
  await notFoundArrived(open);
});

test('a User sees no Members; its address says so and offers a message', async ({ actors }) => {
  const { page, person } = await actors.user();
  for (const address of ['members', 'members/invite']) {
    const answer = await page.goto(`/organizations/${ORGANIZATION.slug}/${address}`);
    expect(answer?.status()).toBe(403);
    await new ForbiddenPage(page).arrived();
  }
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Admin' })).toBeHidden();

  const { message } = new ForbiddenPage(page);
  await message.text.fill('Please let me invite people.');
  await message.send.click();
  await expect(message.sent).toBeVisible();

  const mail = await (await actors.mailbox()).openNewest(get().administrator.email, new RegExp(`^${person.name} wrote`));
  const text = await mail.plainText();
  expect(text).toContain('Please let me invite people.');
  expect(text).toContain(person.email);
});

test('somebody who no longer belongs gets 404 for every address of the organization, as for one that does not exist', async ({ actors }) => {
  const { person: colleague } = await actors.user();
  const { person: invited } = await actors.invited();
  const { person, page } = await actors.user();
  const office = await actors.administrator();
  const members = new MembersPage(office, ORGANIZATION);
  const addressOf = async (called: string, search: string, action: string) => {
    await members.open(search);
    return members.address(called, action);
  };
  const cancelAddress = await addressOf(invited.email, invited.email, 'Cancel invitation');
  const deactivateAddress = await addressOf(colleague.name, colleague.email, 'Deactivate');
  await actors.seed.deactivate(person);

  const root = `/organizations/${ORGANIZATION.slug}`;
  const addresses = [root, `${root}/members`, `${root}/members/invite`, `${root}/leave`, `${root}/nothing`, deactivateAddress, cancelAddress];
  for (const address of [...addresses, ...addresses.map((address) => address.replace(ORGANIZATION.slug, 'nobody-knows-it'))]) {
    await test.step(address, async () => {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await notFoundArrived(page);
      for (const secret of [ORGANIZATION.name, colleague.name, invited.email]) await expect(page.locator('body')).not.toContainText(secret);
    });
  }

  await new HomePage(page).open();
  await expect(page.getByText(`Your access to ${ORGANIZATION.name} has ended`)).toBeVisible();
  await members.open(invited.email);
  await expect(members.row(invited.email)).toContainText('Invited');
});

test('whoever is not signed in is led to sign in', async ({ actors }) => {
  const page = await actors.stranger();
  for (const address of ['/', '/account', `/organizations/${ORGANIZATION.slug}/members`, '/organizations/nobody-knows-it']) {
    await page.goto(address);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(address)}`);
  }
});

test("a row's menu opens by Enter, closes by Escape, and gives the focus back", async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const button = page.getByRole('button', { name: `Actions for ${person.email}` });
  const menu = page.getByRole('menu', { name: `Actions for ${person.email}` });

  await button.focus();
  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem')).toHaveText(['Send again', 'Cancel invitation']);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: 'Send again' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await new CancelInvitationPage(page, person.email).arrived();
});
