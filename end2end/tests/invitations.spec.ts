// Inviting people, and everything that an invitation's link can come to.

import { expect, test } from '../fixtures/actors';
import { isDatabaseWithinReach } from '../fixtures/database';
import { letLinksExpire } from '../fixtures/furniture';
import { APPLICATIONS, ORGANIZATION, OTHER_ORGANIZATION, get } from '../fixtures/installation';
import { INVITATION } from '../fixtures/mailbox';
import { newPerson } from '../fixtures/words';
import { expectInspectedProblem } from '../pages/form';
import { HomePage } from '../pages/home';
import { CancelInvitationPage, CompletePage, InvitePage } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';
import { SignInPage } from '../pages/sign_in';

test('an administrator invites several people; one of them joins and is Active', async ({ actors }) => {
  test.slow();
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

test('what was typed stays when a registration is refused', async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();

  await complete.inputs.fill({ ...person, lastName: '', password: 'too short' });
  await complete.complete.click();
  await expectInspectedProblem(page, 'complete registration', 'Last name: Enter a name.', complete.inputs.lastName);
  await expectInspectedProblem(page, 'complete registration', /15 characters/, complete.inputs.password);
  await expect(complete.inputs.firstName).toHaveValue(person.firstName);

  await test.step('an own username is checked, too', async () => {
    await complete.inputs.fill(person);
    await complete.inputs.automaticUsername.uncheck();
    await complete.inputs.username.fill('no blanks, please');
    await complete.complete.click();
    await expect(complete.inputs.username).toHaveAttribute('aria-invalid', 'true');
    await expect(complete.inputs.username).toHaveValue('no blanks, please');
    await expect(complete.inputs.automaticUsername).not.toBeChecked();
  });

  const own = `own.${person.username}`.slice(0, 32);
  await complete.inputs.username.fill(own);
  await complete.inputs.password.fill(person.password);
  await complete.complete.click();
  await new OverviewPage(page, ORGANIZATION).arrived();
});

test('a taken username is refused, with free ones instead', async ({ actors }) => {
  const { person: first } = await actors.user();
  const second = { ...newPerson(), firstName: first.firstName, lastName: first.lastName };
  const { link } = await actors.invited('User', second);
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  await complete.inputs.fill(second);
  await complete.complete.click();
  await expectInspectedProblem(page, 'complete registration, username taken', `The username ${first.username} is taken. Untick the box`, complete.inputs.username);

  await complete.inputs.automaticUsername.uncheck();
  await complete.inputs.username.fill(`${first.username}2`);
  await complete.inputs.password.fill(second.password);
  await complete.complete.click();
  await new OverviewPage(page, ORGANIZATION).arrived();
});

test('Send again mails a new link, and the old one is dead', async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.administrator();
  const members = new MembersPage(page, ORGANIZATION);
  await members.open(person.email);
  await members.choose(person.email, 'Send again');
  await expect(page.getByText('Invitation sent again')).toBeVisible();
  await expect(page).toHaveURL(/search=/);
  await expect(members.row(person.email)).toContainText('Invited');

  const newLink = await (await actors.mailbox()).invitationLink(person.email, 2);
  expect(newLink).not.toBe(link);
  const complete = new CompletePage(await actors.stranger());
  await complete.open(link);
  await complete.caseArrived('A newer link was sent');
  await complete.open(newLink);
  await complete.registrationArrived();
});

test('Cancel invitation removes the row, and the link says withdrawn', async ({ actors }) => {
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
  await members.open(person.email);
  await expect(page.getByText('Nobody found')).toBeVisible();

  const complete = new CompletePage(await actors.stranger());
  await complete.open(link);
  await complete.caseArrived('This invitation was withdrawn');

  await test.step('inviting again starts fresh', async () => {
    const invite = new InvitePage(page, ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(person.email);
    await invite.send.click();
    await invite.resultsArrived();
    await expect(invite.result(person.email)).toContainText('Invited');
    await complete.open(await (await actors.mailbox()).invitationLink(person.email, 2));
    await complete.registrationArrived();
  });
});

test('signed in as somebody else, one switches the account and keeps the link', async ({ actors }) => {
  const { person, link } = await actors.invited();
  const { person: other, page } = await actors.user();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.caseArrived('This invitation is for somebody else');
  await expect(page.getByRole('main')).toContainText(other.email);
  await expect(page.getByRole('main')).not.toContainText(ORGANIZATION.name);
  await expect(page.getByRole('main')).not.toContainText(person.email);

  await complete.switchAccount.click();
  await complete.registrationArrived();
  await complete.inputs.fill(person);
  await complete.complete.click();
  await new OverviewPage(page, ORGANIZATION).arrived();
});

test('a link that nobody sent opens nothing', async ({ actors }) => {
  const page = await actors.stranger();
  const { link } = await actors.invited();
  for (const forged of ['/complete', '/complete?token=nonsense', `${link.slice(0, -4)}AAAA`]) {
    const answer = await page.goto(forged);
    expect(answer?.status()).toBe(404);
    await new CompletePage(page).caseArrived('This link is not valid');
  }
});

test.describe('with what no page can make yet', () => {
  test.skip(() => !isDatabaseWithinReach(), "the program's database is out of reach");

  test('an expired link sends a new one', async ({ actors }) => {
    const { person, link } = await actors.invited();
    letLinksExpire(person.email);
    const page = await actors.stranger();
    const complete = new CompletePage(page);
    await complete.open(link);
    await complete.caseArrived('This link has expired');

    const members = new MembersPage(await actors.administrator(), ORGANIZATION);
    await members.open(person.email);
    await expect(members.row(person.email)).toContainText('Invitation expired');

    await complete.sendNewLink.click();
    await complete.expectNewLinkSent();
    await complete.open(await (await actors.mailbox()).invitationLink(person.email, 2));
    await complete.registrationArrived();
  });

  test('whoever has an account signs in and accepts', async ({ actors }) => {
    const { person, page } = await actors.user();
    const administrator = await actors.administrator();
    const invite = new InvitePage(administrator, OTHER_ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(person.email);
    await invite.send.click();
    await invite.resultsArrived();
    await expect(invite.result(person.email)).toContainText('Invited');

    await test.step('until then the row shows only what was typed', async () => {
      const members = new MembersPage(administrator, OTHER_ORGANIZATION);
      await members.open(person.email);
      await expect(members.row(person.email)).not.toContainText(person.lastName);
      await expect(members.row(person.email)).not.toContainText(person.username);
    });

    const link = await (await actors.mailbox()).invitationLink(person.email, 2);
    const visitor = await actors.stranger();
    const complete = new CompletePage(visitor);
    await complete.open(link);
    await complete.caseArrived('You have an account already');
    await complete.signIn.click();
    const signIn = new SignInPage(visitor);
    await signIn.arrived();
    await signIn.signIn(person.username, person.password);
    await complete.caseArrived(`Join ${OTHER_ORGANIZATION.name}`);

    await test.step('at home, it waits as well', async () => {
      const home = new HomePage(page);
      await home.open();
      await expect(home.invitation(OTHER_ORGANIZATION.name)).toBeVisible();
    });

    await complete.accept.click();
    await new OverviewPage(visitor, OTHER_ORGANIZATION).arrived();
  });

  test('whoever has an account may decline, and the inviting person is told', async ({ actors }) => {
    const { person, page } = await actors.user();
    const administrator = await actors.administrator();
    const invite = new InvitePage(administrator, OTHER_ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(person.email);
    await invite.send.click();
    await invite.resultsArrived();

    const link = await (await actors.mailbox()).invitationLink(person.email, 2);
    const complete = new CompletePage(page);
    await complete.open(link);
    await complete.caseArrived(`Join ${OTHER_ORGANIZATION.name}`);
    await complete.decline.click();
    await new HomePage(page).arrived();

    const members = new MembersPage(administrator, OTHER_ORGANIZATION);
    await members.open(person.email);
    await expect(administrator.getByText('Nobody found')).toBeVisible();
    await complete.open(link);
    await complete.caseArrived('This invitation was declined');
  });

  test('an invitation is accepted at home', async ({ actors }) => {
    const { person, page } = await actors.user();
    const invite = new InvitePage(await actors.administrator(), OTHER_ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(person.email);
    await invite.send.click();
    await invite.resultsArrived();

    const home = new HomePage(page);
    await home.open();
    await home.invitation(OTHER_ORGANIZATION.name).getByRole('button', { name: `Accept the invitation to ${OTHER_ORGANIZATION.name}` }).click();
    await new OverviewPage(page, OTHER_ORGANIZATION).arrived();
  });
});
