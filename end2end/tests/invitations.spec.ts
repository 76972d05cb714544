// Inviting people, and taking an invitation back.

import { expect, test } from '../fixtures/actors';
import { inspect, runsScripts } from '../fixtures/a11y';
import { isDatabaseWithinReach } from '../fixtures/database';
import { letProofGrowOld, letSessionsEnd } from '../fixtures/furniture';
import { APPLICATIONS, ORGANIZATION, get } from '../fixtures/installation';
import { INVITATION } from '../fixtures/mailbox';
import { expectTab } from '../fixtures/tabs';
import { newPerson } from '../fixtures/words';
import { expectInspectedProblem, expectProblem } from '../pages/form';
import { HomePage } from '../pages/home';
import { CancelInvitationPage, CompletePage, InvitePage } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';
import { SignInPage } from '../pages/sign_in';
import { CodePage } from '../pages/two_factor';

test('an administrator invites several people; one of them joins and is Active', { tag: ['@plain', '@layout'] }, async ({ actors }) => {
  const [ann, ben] = [newPerson(), newPerson()];
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  const invite = new InvitePage(page, ORGANIZATION);

  await test.step('invite', async () => {
    await members.open();
    await members.inviteUsers.click();
    await invite.arrived();
    await expect(invite.role('User')).toBeChecked();
    await invite.addresses.fill(`${ann.name} <${ann.email}>; ${ben.email}\nnot-an-address, ${ann.email.toUpperCase()}`);
    if (get().isFurnished) await invite.access(APPLICATIONS[0]!.name).selectOption('Use');
    await invite.send.click();
  });

  await test.step('every address gets its own outcome', async () => {
    await invite.resultsArrived();
    await expect(invite.result(ann.email)).toContainText('Invited');
    await expect(invite.result(ben.email)).toContainText('Invited');
    await expect(invite.result('not-an-address')).toContainText('Not an address');
    await invite.back.click();
    await members.arrived();
    await members.find(ben.email);
    await expect(members.row(ben.email)).toContainText('Invited');
    await expect(members.rows).toHaveCount(1);
  });

  const mailbox = await actors.mailbox();
  const mail = await mailbox.openNewest(ann.email, INVITATION);
  await test.step('the mail says who invites, to what, as what, until when', async () => {
    const { administrator } = get();
    const text = await mail.plainText();
    for (const words of [administrator.name, ORGANIZATION.name, ORGANIZATION.label, 'User', 'Valid until', '/help/signing-in']) expect(text).toContain(words);
    const message = mail.page.frameLocator('iframe');
    await expect(message.getByRole('link', { name: 'Complete your registration' })).toBeVisible();
  });
  const link = await mail.link(/\/complete\?token=/);

  const visitor = await actors.stranger();
  const complete = new CompletePage(visitor);
  await test.step('opening the link uses nothing up', async () => {
    for (const _time of [1, 2, 3, 4, 5]) {
      await complete.open(link);
      await complete.registrationArrived();
    }
    await expect(visitor.getByRole('main')).toContainText(ORGANIZATION.name);
    await expect(visitor.getByRole('main')).toContainText(ann.email);
  });

  await test.step('the person completes the registration, and is in', async () => {
    await complete.inputs.fill(ann);
    await complete.complete.click();
    const overview = new OverviewPage(visitor, ORGANIZATION);
    await overview.arrived();
    await overview.tabs.expectShown('Overview');
  });

  await test.step('Members shows them as Active', async () => {
    await members.open(ann.email);
    await expect(members.row(ann.name)).toContainText('Active');
    await expect(members.row(ann.name)).toContainText(ann.username);
    if (get().isFurnished) await expect(members.row(ann.name)).toContainText(APPLICATIONS[0]!.name);
  });

  await test.step('the link has done its work', async () => {
    await complete.open(link);
    await complete.caseArrived('You are in');
    const stranger = new CompletePage(await actors.stranger());
    await stranger.open(link);
    await stranger.caseArrived('This link was used already');
  });

  await test.step('inviting them again changes nothing', async () => {
    await invite.open();
    await invite.addresses.fill(`${ann.email} ${ben.email}`);
    await invite.send.click();
    await invite.resultsArrived();
    await expect(invite.result(ann.email)).toContainText('Already a member');
    await expect(invite.result(ben.email)).toContainText('Already invited');
  });
});

test('what was typed stays when an invitation is refused', async ({ actors }) => {
  const page = await actors.administrator();
  const invite = new InvitePage(page, ORGANIZATION);
  await invite.open();
  await invite.role('Administrator').check();
  await invite.send.click();
  await expectInspectedProblem(page, 'invite users', 'Enter at least one e-mail address', invite.addresses);
  await expect(invite.role('Administrator')).toBeChecked();

  const tooMany = Array.from({ length: 1_001 }, (_, number) => `person${number}@people.example`).join('\n');
  await invite.addresses.fill(tooMany);
  await invite.send.click();
  await expectInspectedProblem(page, 'invite users, too many', 'Invite up to 1000 addresses at once', invite.addresses);
  await expect(invite.addresses).toHaveValue(tooMany);
});

test('more than a form may hold is refused with the limit, and nobody is invited', { tag: '@plain' }, async ({ actors }) => {
  const page = await actors.administrator();
  const invite = new InvitePage(page, ORGANIZATION);
  const person = newPerson();
  await invite.open();
  const tooMuch = await invite.pasteTooMuch(person.email);

  const sending = page.waitForRequest((request) => request.method() === 'POST');
  await invite.send.click();
  const request = await sending;
  const answer = await request.response();
  expect(answer?.status(), request.failure()?.errorText ?? 'no answer').toBe(413);

  if (runsScripts()) {
    await expect(page.getByRole('alert')).toContainText('This is too large. A form may hold up to 1 MB.');
    expect((await invite.addresses.inputValue()) === tooMuch, 'what was pasted stays').toBe(true);
    await expect(invite.send).toBeEnabled();
  } else {
    await expect(page.getByRole('heading', { level: 1, name: 'This is too large' })).toBeVisible();
    await expect(page.getByText('A form may hold up to 1 MB.')).toBeVisible();
    await inspect(page, 'too large');
    await page.goBack();
    await invite.arrived();
  }
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  await expect(page.getByText('Nobody found')).toBeVisible();
});

test('Send again mails a new link, and the old one is dead', { tag: '@plain' }, async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  await members.choose(person.email, 'Send again');
  await expect(page.getByText('Invitation sent again')).toBeVisible();
  await expect(page).toHaveURL(/search=/);
  await expect(members.row(person.email)).toContainText('Invited');

  const newLink = await actors.invitationLink(person.email, 2);
  expect(newLink).not.toBe(link);
  const complete = new CompletePage(await actors.stranger());
  await complete.open(link);
  await complete.caseArrived('A newer link was sent');
  await complete.open(newLink);
  await complete.registrationArrived();
});

test('Cancel invitation removes the row, and the link says withdrawn', { tag: '@plain' }, async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  const cancel = new CancelInvitationPage(page, person.email);

  await members.open(person.email);
  await members.choose(person.email, 'Cancel invitation');
  await cancel.arrived();
  await cancel.keep.click();
  await members.open(person.email);
  await members.choose(person.email, 'Cancel invitation');
  await cancel.arrived();
  await cancel.confirm.click();
  await members.arrived();
  await expect(page.getByText('Invitation cancelled')).toBeVisible();
  await expect(members.search).toHaveValue(person.email);
  await expect(page.getByText('Nobody found')).toBeVisible();

  const complete = new CompletePage(await actors.stranger());
  await complete.open(link);
  await complete.caseArrived('This invitation was withdrawn');

  await test.step('whoever holds the link can write to the administrators', async () => {
    await complete.sendMessage.click();
    await expectInspectedProblem(complete.page, 'message about an invitation', 'Write what the administrators should know.', complete.message);
    await complete.message.fill(`Was this meant for ${person.email}?`);
    await complete.sendMessage.click();
    await complete.expectMessageSent();
  });

  await test.step('inviting again starts fresh', async () => {
    await actors.seed.invite(person.email);
    await complete.open(await actors.invitationLink(person.email, 2));
    await complete.registrationArrived();
  });
});

test.describe('after time has passed', () => {
  test.skip(() => !isDatabaseWithinReach(), "the program's database is out of reach");

  test('giving something sensitive asks for password and code once the last proof is old', async ({ actors }) => {
    const { person: administrator, page, authenticator } = await actors.anotherAdministrator();
    letProofGrowOld(administrator.email);
    const invited = newPerson();
    const invite = new InvitePage(page, ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(invited.email);
    await invite.role('Administrator').check();
    await expect(invite.password).toBeHidden();
    await invite.send.click();
    await expectInspectedProblem(page, 'invite users, proof', 'Enter your password.', invite.password);
    await expect(invite.addresses).toHaveValue(invited.email);
    await expect(invite.role('Administrator')).toBeChecked();

    await invite.password.fill(administrator.password);
    await invite.code.fill(await authenticator.nextCode());
    await invite.send.click();
    await invite.resultsArrived();
    await expect(invite.result(invited.email)).toContainText('Invited');
  });

  test('what was typed is not lost when the session has ended meanwhile', { tag: '@plain' }, async ({ actors }) => {
    const { person: administrator, page, authenticator } = await actors.anotherAdministrator();
    const [first, second] = [newPerson(), newPerson()];
    const invite = new InvitePage(page, ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(`${first.email}\n${second.email}`);
    letSessionsEnd(administrator.email);
    await invite.send.click();
    await expect(page.getByText(runsScripts() ? 'You have been signed out.' : 'What you typed is kept')).toBeVisible();
    await inspect(page, 'a form after the session has ended');
    if (runsScripts()) await expect(invite.addresses).toHaveValue(`${first.email}\n${second.email}`);
    else await expect(page.getByRole('main')).toContainText(second.email);

    const toSignIn = page.getByRole('link', { name: 'Sign in (opens a new tab)' });
    const address = (await toSignIn.getAttribute('href')) ?? '';
    await toSignIn.click();
    await expectTab(page, address);
    const other = await page.context().newPage();
    await other.goto(address);
    const signIn = new SignInPage(other);
    await signIn.arrived();
    await signIn.signIn(administrator.email, administrator.password);
    await new CodePage(other).enter(await authenticator.nextCode());
    await new HomePage(other).arrived();

    await page.bringToFront();
    await page.getByRole('button', { name: runsScripts() ? 'Send invitations' : 'Send again' }).click();
    await invite.resultsArrived();
    await expect(invite.result(first.email)).toContainText('Invited');
    await expect(invite.result(second.email)).toContainText('Invited');
  });
});
