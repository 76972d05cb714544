// Posting forms in one document.

import { expect, test } from '../fixtures/actors';
import { aWhile, changePage, count, holdBack, marked } from '../fixtures/documents';
import { ORGANIZATION } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { expectProblem } from '../pages/form';
import { CompletePage, InvitePage, inviting } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';

const INVITE = /\/members\/invite$/;

for (const apart of [60, 250]) {
  test(`two presses ${apart} ms apart are one`, async ({ actors }) => {
    const { page, invite } = await inviting(actors);
    const posts = count(page, 'POST', INVITE);
    const { email } = newPerson();
    await invite.addresses.fill(email);
    await invite.send.evaluate(async (button: HTMLButtonElement, pause) => {
      const { left, top } = button.getBoundingClientRect();
      button.click();
      await new Promise((resolve) => setTimeout(resolve, pause));
      // What stands there by now is pressed.
      (button.isConnected ? button : document.elementFromPoint(left + 5, top + 5))?.dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2 }),
      );
    }, apart);
    await invite.resultsArrived();
    await expect(invite.result(email)).toBeVisible();
    expect(posts()).toBe(1);
  });
}

test('a link that is pressed while a post runs skips no receipt', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  const posts = count(page, 'POST', INVITE);
  const visits = count(page, 'GET', /\/help$/);
  const { asked, letThrough } = await holdBack(page, 'POST', INVITE);
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.send.click();
  await asked;
  await expect(invite.send).toHaveAttribute('aria-busy', 'true');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await invite.send.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeVisible();
  letThrough();
  await invite.resultsArrived();
  await aWhile(page);
  await expect(invite.result(email)).toBeVisible();
  expect([posts(), visits()]).toEqual([1, 0]);
  expect(await isSameDocument()).toBe(true);
});

test('a link that is pressed while a post runs that leads on is followed after it', async ({ actors }) => {
  const { page, isSameDocument } = await inviting(actors);
  const { asked, letThrough } = await holdBack(page, 'POST', /\/theme$/);
  await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' }).click();
  await asked;
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await aWhile(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeVisible();
  letThrough();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await isSameDocument()).toBe(true);
});

test('a post that takes longer is not called failed, and its answer is shown when it comes', async ({ actors }) => {
  const page = await actors.administrator();
  await page.clock.install();
  const invite = new InvitePage(page, ORGANIZATION);
  await invite.open();
  const { asked, letThrough } = await holdBack(page, 'POST', INVITE);
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.send.click();
  await asked;
  await page.clock.fastForward(10_500);
  await expect(page.getByRole('alert')).toContainText('This takes longer. It may have been done already.');
  await expect(invite.send).toHaveAttribute('aria-busy', 'true');
  letThrough();
  await invite.resultsArrived();
  await expect(page.getByText('This takes longer')).toHaveCount(0);
});

test('after a refusal secrets still stand where they were typed', async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  const isSameDocument = await marked(page);
  await complete.inputs.password.fill(person.password);
  await complete.complete.click();
  await expectProblem(page, /first name/i, complete.inputs.firstName);
  await expect(page).toHaveTitle(/^Error: /);
  await expect(complete.inputs.password).toHaveValue(person.password);
  expect(await page.content()).not.toContain(person.password);
  await complete.inputs.firstName.fill(person.firstName);
  await complete.inputs.lastName.fill(person.lastName);
  expect(await isSameDocument()).toBe(true);
  await complete.complete.click();
  await new OverviewPage(page, ORGANIZATION).arrived();
});

test('what is typed into one form stays when another is sent', async ({ actors }) => {
  const page = await actors.administrator();
  const overview = new OverviewPage(page, ORGANIZATION);
  const invite = new InvitePage(page, ORGANIZATION);
  await invite.open();
  const isSameDocument = await marked(page);
  await invite.addresses.fill('somebody@people.example');
  await invite.role('Administrator').check();
  const dark = page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' });
  await dark.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(dark).toBeFocused();
  await expect(invite.addresses).toHaveValue('somebody@people.example');
  await expect(invite.role('Administrator')).toBeChecked();
  await page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'System' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  expect(await isSameDocument()).toBe(true);
  await dark.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await overview.open();
  await expect(page.locator('html'), 'the choice is kept').toHaveAttribute('data-theme', 'dark');
});

test('after a refusal, choosing colors loses nothing of what was typed', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  await invite.role('Administrator').check();
  await invite.send.click();
  const refusal = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(refusal).toBeFocused();
  const dark = page.getByRole('group', { name: 'Theme' }).getByRole('button', { name: 'Dark' });
  await dark.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(dark).toHaveAttribute('aria-pressed', 'true');
  await expect(dark).toBeFocused();
  await expect(refusal).toBeVisible();
  await expect(invite.role('Administrator')).toBeChecked();
  expect(await isSameDocument()).toBe(true);
});

test('Back while a post runs: the answer is shown at its own address, and Back leads to the page before', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  const invite = new InvitePage(page, ORGANIZATION);
  await members.open();
  const isSameDocument = await marked(page);
  await members.inviteUsers.click();
  await invite.arrived();
  const { asked, letThrough } = await holdBack(page, 'POST', INVITE);
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.send.click();
  await asked;
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeVisible();
  letThrough();
  await invite.resultsArrived();
  await expect(invite.result(email)).toBeVisible();
  await expect(page).toHaveURL(INVITE);
  await page.goBack();
  await members.arrived();
  expect(await isSameDocument()).toBe(true);
});

test('Back while a post runs that is not answered leads back', async ({ actors }) => {
  actors.complaints.plan(/net::ERR_FAILED/);
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  const invite = new InvitePage(page, ORGANIZATION);
  await members.open();
  await members.inviteUsers.click();
  await invite.arrived();
  const { asked, lose } = await holdBack(page, 'POST', INVITE);
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.send.click();
  await asked;
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeVisible();
  lose();
  await members.arrived();
  const alert = page.getByRole('alert').filter({ hasText: "Nexus can't be reached. Go forward to find what you typed." });
  await expect(alert, 'the next page says what became of it').toBeVisible();
  await page.goForward();
  await invite.arrived();
  await expect(invite.addresses).toHaveValue(email);
  await expect(alert).toHaveCount(0);
});

test('a link pressed in the moment in which an answer is put in waits for it, and skips no receipt', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const visits = count(page, 'GET', /\/help$/);
  await page.evaluate(() => {
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (change) => {
      const help = document.querySelector<HTMLElement>('footer a[href="/help"]');
      help?.click();
      Object.assign(document, { isPressed: help !== null });
      return start(change);
    };
  });
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.send.click();
  await invite.resultsArrived();
  await expect(invite.result(email)).toBeVisible();
  await aWhile(page);
  await expect(invite.result(email)).toBeVisible();
  await expect(page).toHaveURL(INVITE);
  expect(await page.evaluate(() => (document as Document & { isPressed?: boolean }).isPressed)).toBe(true);
  expect(visits()).toBe(0);
  expect(await isSameDocument()).toBe(true);
});

test('the button that is pressed decides where its form leads, how, and what it says', async ({ actors }) => {
  const page = await actors.administrator();
  const invite = new InvitePage(page, ORGANIZATION);
  await page.route(INVITE, (route) => changePage(route, withAnotherWay));
  await invite.open();
  const isSameDocument = await marked(page);
  const posts = count(page, 'POST', INVITE);
  await page.getByRole('button', { name: 'Another way' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await expect(page).toHaveURL(/\/help\?.*way=another/);
  expect(posts()).toBe(0);
  expect(await isSameDocument()).toBe(true);
});

function withAnotherWay(page: string): string {
  return page.replace('</main>', '<form method="post" action="/organizations"><button formaction="/help" formmethod="get" name="way" value="another">Another way</button></form></main>');
}

test('a question that a browser closes while its form is on its way still tells what was done', async ({ actors }) => {
  const { person } = await actors.user();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const deactivate = await members.askToDeactivate(person.name);
  const { asked, letThrough } = await holdBack(page, 'POST', /\/members\//);
  await deactivate.confirm.click();
  await asked;
  await deactivate.keep.click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.evaluate(() => document.querySelector('dialog')?.close());
  await expect(page.getByRole('dialog')).toHaveCount(0);
  letThrough();
  await expect(page.getByRole('dialog').getByText(`${person.name} is deactivated`)).toBeVisible();
  await deactivate.back.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what is typed into the search while a row is sent is searched for', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const { asked, letThrough } = await holdBack(page, 'POST', /\/members/);
  await members.choose(person.email, 'Send again');
  await asked;
  await members.search.fill('zzz');
  letThrough();
  await expect(page).toHaveURL(/search=zzz/);
  await expect(members.search).toHaveValue('zzz');
  await expect(page.getByText('Nobody found')).toBeVisible();
});

test('after a success Back does not bring back what was sent', async ({ actors }) => {
  const { page } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.open();
  await overview.message.text.fill('Please give me the room planner.');
  await overview.message.send.click();
  await expect(overview.message.sent).toBeVisible();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await page.goBack();
  await overview.arrived();
  await expect(overview.message.text).toHaveValue('');
});

test('a row is sent from its menu in place, and keeps the focus', async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const isSameDocument = await marked(page);
  await members.choose(person.email, 'Send again');
  await expect(page.getByText('Invitation sent again')).toBeVisible();
  await expect(page.getByRole('button', { name: `Actions for ${person.email}` })).toBeFocused();
  expect(await isSameDocument()).toBe(true);
});
