// What can go wrong on the way to the server: the page stays, what was typed stays, and a message says what happened.

import { expect, test } from '../fixtures/actors';
import { aWhile, answerBadGateway, changePage, holdBack, marked } from '../fixtures/documents';
import { letSessionsEnd } from '../fixtures/furniture';
import { isDatabaseWithinReach } from '../fixtures/database';
import { ORGANIZATION } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { InvitePage, inviting } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { OverviewPage, Tabs } from '../pages/organizations';
import { SignInPage } from '../pages/sign_in';

const ROOT = `/organizations/${ORGANIZATION.slug}`;
const OVERVIEW = new RegExp(`${ROOT}$`);
const INVITE = /\/members\/invite$/;
const OFFLINE = /Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)/;

test('offline, page and typed text stay, and one tries again later', async ({ actors }) => {
  actors.complaints.plan(OFFLINE);
  const { page, invite, isSameDocument } = await inviting(actors);
  const { email } = newPerson();
  await invite.addresses.fill(email);

  await page.context().setOffline(true);
  await new Tabs(page).one('Overview').click();
  await expect(page.getByRole('alert')).toContainText("Nexus can't be reached. This page stays as it is.");
  await expect(invite.addresses).toHaveValue(email);
  await invite.send.click();
  await expect(page.getByRole('alert')).toContainText('What you typed is still here.');
  await expect(invite.addresses).toHaveValue(email);
  await expect(invite.send).not.toHaveAttribute('aria-busy', 'true');
  await new Tabs(page).one('Overview').click();
  await page.context().setOffline(false);
  await page.getByRole('alert').getByRole('link', { name: 'Try again' }).click();
  await new OverviewPage(page, ORGANIZATION).arrived();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.goBack();
  await invite.arrived();
  await expect(invite.addresses).toHaveValue(email);
  expect(await isSameDocument()).toBe(true);
});

test('offline, Back that is tried again brings back what was typed', async ({ actors }) => {
  actors.complaints.plan(OFFLINE);
  const { page, invite, isSameDocument } = await inviting(actors);
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await new Tabs(page).one('Overview').click();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.arrived();
  await page.context().setOffline(true);
  await page.goBack();
  const alert = page.getByRole('alert').filter({ hasText: "Nexus can't be reached." });
  await expect(alert).toBeVisible();
  await page.context().setOffline(false);
  await alert.getByRole('link', { name: 'Try again' }).click();
  await invite.arrived();
  await expect(invite.addresses).toHaveValue(email);
  expect(await isSameDocument()).toBe(true);
});

test('what was done is not called failed where the next page does not come', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  await page.route(INVITE, (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 303, headers: { location: '/api/nothing' } }) : route.fallback(),
  );
  await invite.addresses.fill('somebody@people.example');
  await invite.send.click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('It was done, but the next page could not be shown.');
  await expect(alert.getByRole('link', { name: 'Open the next page' })).toHaveAttribute('href', /\/api\/nothing$/);
  await expect(invite.send).not.toHaveAttribute('aria-busy', 'true');
  expect(await isSameDocument()).toBe(true);
});

test('offline, a question is not asked, and one that is asked stays with what was chosen', async ({ actors }) => {
  actors.complaints.plan(OFFLINE);
  const { person } = await actors.user();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  const deactivate = await members.askToDeactivate(person.name);
  await page.context().setOffline(true);
  await deactivate.confirm.click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText("Nexus can't be reached.");
  await expect(deactivate.confirm).not.toHaveAttribute('aria-busy', 'true');
  await deactivate.keep.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await members.choose(person.name, 'Deactivate');
  await expect(page.getByRole('alert')).toContainText("Nexus can't be reached.");
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Actions for ${person.name}` })).toBeFocused();
  await page.context().setOffline(false);
  await page.getByRole('alert').getByRole('link', { name: 'Try again' }).click();
  await deactivate.arrivedFromAddress();
});

test('a page of the server in front takes no place of ours', async ({ actors }) => {
  actors.complaints.plan(/^fault: 502|status of 502/);
  const { page, invite, isSameDocument } = await inviting(actors);
  await invite.addresses.fill('somebody@people.example');
  await page.route(OVERVIEW, answerBadGateway);
  await page.route(INVITE, answerBadGateway);

  await new Tabs(page).one('Overview').click();
  await expect(page.getByRole('alert')).toContainText('The page could not be shown.');
  await invite.send.click();
  await expect(page.getByRole('alert')).toContainText('It may have been done all the same');
  await expect(page.getByRole('heading', { level: 1, name: 'Invite users' })).toBeVisible();
  await expect(invite.addresses).toHaveValue('somebody@people.example');
  await expect(page).toHaveURL(INVITE);
  expect(await isSameDocument()).toBe(true);
});

test('what is too large is said by the server, and stays', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  const tooMuch = await invite.pasteTooMuch();
  await invite.send.click();
  await expect(page.getByRole('alert')).toContainText('This is too large. A form may hold up to 1 MB.');
  expect((await invite.addresses.inputValue()).length).toBe(tooMuch.length);
  expect(await isSameDocument()).toBe(true);
});

test('what the server does not take as it was sent stays', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  await invite.addresses.fill('somebody@people.example');
  await page.route(INVITE, (route) => route.fulfill({ status: 415, contentType: 'text/plain', body: 'Unsupported media type' }));
  await invite.send.click();
  await expect(page.getByRole('alert')).toContainText('Nexus did not take this. What you typed is still here.');
  await expect(invite.addresses).toHaveValue('somebody@people.example');
  await expect(invite.send).not.toHaveAttribute('aria-busy', 'true');
  expect(await isSameDocument()).toBe(true);
});

test('a private page that the browser has kept whole is asked for again', async ({ actors }) => {
  test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
  const { person, page } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.open();
  letSessionsEnd(person.email);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await new SignInPage(page).arrived();
  await expect(page.getByText(person.email)).toHaveCount(0);
});

test('a page that does not come is given up after ten seconds', async ({ actors }) => {
  const page = await actors.administrator();
  await page.clock.install();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const { asked, letThrough } = await holdBack(page, 'GET', OVERVIEW);
  await new Tabs(page).one('Overview').click();
  await asked;
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
  await page.clock.fastForward(10_500);
  await expect(page.getByRole('alert')).toContainText('Nexus does not answer. This page stays as it is.');
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy', 'true');
  letThrough();
  await aWhile(page);
  await members.arrived();
});

test('a visit overtakes the one before', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const { asked, letThrough } = await holdBack(page, 'GET', OVERVIEW);
  await new Tabs(page).one('Overview').click();
  await asked;
  await members.inviteUsers.click();
  const invite = new InvitePage(page, ORGANIZATION);
  await invite.arrived();
  letThrough();
  await aWhile(page);
  await invite.arrived();
  await expect(page).toHaveURL(INVITE);
  await page.goBack();
  await members.arrived();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the session is gone: a form stays, with a way to sign in beside it; a link leads to signing in', async ({ actors }) => {
  test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
  const { person, page } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.open();
  const isSameDocument = await marked(page);
  await overview.message.text.fill('I can see nothing.');
  letSessionsEnd(person.email);
  await overview.message.send.click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('You have been signed out.');
  await expect(alert).toBeFocused();
  await expect(alert.getByRole('link', { name: 'Sign in (opens a new tab)' })).toHaveAttribute('target', '_blank');
  await expect(overview.message.text).toHaveValue('I can see nothing.');

  const tabs = await page.context().newPage();
  const signIn = new SignInPage(tabs);
  await signIn.open();
  await signIn.signIn(person.username, person.password);
  await expect(tabs.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await overview.message.send.click();
  await expect(overview.message.sent).toBeVisible();
  expect(await isSameDocument()).toBe(true);

  letSessionsEnd(person.email);
  await page.getByRole('link', { name: 'Nexus', exact: true }).click();
  await new SignInPage(page).arrived();
});

test('another account in a second tab: what was done is shown, the next visit loads, and no page names two people', async ({ actors }) => {
  const { person: first, page } = await actors.user();
  const { person: second, page: other } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.open();
  const isSameDocument = await marked(page);
  await overview.message.text.fill('Who am I?');
  await page.context().addCookies(await other.context().cookies());

  await overview.message.send.click();
  await expect(overview.message.sent).toBeVisible();
  await expect(page.getByText(first.email)).toHaveCount(0);
  await expect(page.getByText(second.email).first()).toBeAttached();
  expect(await isSameDocument(), 'what was done is shown').toBe(true);
  await page.getByRole('link', { name: 'Nexus', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  expect(await isSameDocument(), 'the next visit loads the document').toBe(false);
  await expect(page.getByText(second.email).first()).toBeAttached();
});

test('another account in a second tab: a link loads the document', async ({ actors }) => {
  const { page } = await actors.user();
  const { person: second, page: other } = await actors.user();
  await new OverviewPage(page, ORGANIZATION).open();
  const isSameDocument = await marked(page);
  await page.context().addCookies(await other.context().cookies());
  await page.getByRole('link', { name: 'Nexus', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await expect(page.getByText(second.email).first()).toBeAttached();
  expect(await isSameDocument()).toBe(false);
});

test('a new release between two visits: a link loads the document', async ({ actors }) => {
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open();
  const isSameDocument = await marked(page);
  await page.route(OVERVIEW, (route) => changePage(route, release));
  await new Tabs(page).one('Overview').click();
  await new OverviewPage(page, ORGANIZATION).arrived();
  await expect.poll(isSameDocument).toBe(false);
});

test('a new release between two visits: what a form has done is shown first', async ({ actors }) => {
  const { page, invite, isSameDocument } = await inviting(actors);
  await page.route(INVITE, (route) => changePage(route, release));
  const { email } = newPerson();
  await invite.addresses.fill(email);
  await invite.send.click();
  await invite.resultsArrived();
  await expect(invite.result(email)).toBeVisible();
  expect(await isSameDocument()).toBe(true);
  await invite.back.click();
  await new MembersPage(page, ORGANIZATION).arrived();
  expect(await isSameDocument()).toBe(false);
});

function release(page: string): string {
  return page.replace(/data-release="[^"]*"/, 'data-release="of-tomorrow"');
}
