// A walk through every page and every state that a page can be in, so that each is inspected in light and dark, at every size, with
// and without JavaScript, and pictures of them can be taken:
//   NEXUS_SHOTS=1 npx playwright test pages --project=desktop --project=phone
// Each page object inspects its page when it arrives there, once for each screen.

import { expect, test, type Actors } from '../fixtures/actors';
import { arrived, inspect, inspectMail, runsScripts, takenOver } from '../fixtures/a11y';
import { isDatabaseWithinReach } from '../fixtures/database';
import { letLinksExpire, letProofGrowOld, letSessionsEnd } from '../fixtures/furniture';
import { EXAMPLE_SESSION, ORGANIZATION, OTHER_ORGANIZATION, get } from '../fixtures/installation';
import { INVITATION } from '../fixtures/mailbox';
import { newPerson } from '../fixtures/words';
import { AccountPage, ProfileMenu } from '../pages/account';
import { expectInspectedProblem } from '../pages/form';
import { GUIDES, HelpPage } from '../pages/help';
import { HomePage } from '../pages/home';
import { CancelInvitationPage, CompletePage, InvitePage } from '../pages/invitations';
import { MailboxPage } from '../pages/mailbox';
import { DeactivatePage, MembersPage } from '../pages/members';
import { ForbiddenPage, LeavePage, OverviewPage, notFoundArrived } from '../pages/organizations';
import { SetUpPage } from '../pages/set_up';
import { SignInPage } from '../pages/sign_in';
import { CodePage, TwoFactorSettingsPage } from '../pages/two_factor';

test.describe('the walk', { tag: ['@plain', '@layout'] }, () => {
  test.slow();

  test('pages of strangers', async ({ actors }) => {
    const page = await actors.stranger();
    const signIn = new SignInPage(page);
    await signIn.open();
    await signIn.signIn('', '');
    await expectInspectedProblem(page, 'sign in, empty', 'Enter your password.', signIn.password);
    await signIn.signIn('nobody.has.this.name', 'not this one, surely');
    await expectInspectedProblem(page, 'sign in', 'The username, address or password is wrong.');

    const help = new HelpPage(page);
    await help.open();
    for (const [slug, title] of Object.entries(GUIDES)) {
      await page.goto(`/help/${slug}`);
      await help.guideArrived(title);
    }
    await page.goto('/nothing');
    await notFoundArrived(page);
  });

  test('pages of a first start', async ({ actors }) => {
    const { firstStartLink, setUpLink } = get();
    const page = await actors.stranger();
    const setUp = new SetUpPage(page);
    await setUp.open(firstStartLink);
    await setUp.create.click();
    await expectInspectedProblem(page, 'set-up', 'Organization name: Enter a name.', setUp.organizationName);
    await setUp.fill({ ...newPerson(), password: 'passwordpassword' }, ORGANIZATION);
    await setUp.create.click();
    await expectInspectedProblem(page, 'set-up, weak password', /easy to guess/, setUp.inputs.password);
    await page.goto('/set-up?token=nonsense');
    await arrived(page, 'This link is not valid', 'set-up link: not valid');
    await page.goto(setUpLink);
    await arrived(page, 'Nexus is set up already', 'set-up link: done');
  });

  test('the example organization, with people in every status', async ({ actors }) => {
    const { home, members } = get().example;
    const page = await actors.stranger(EXAMPLE_SESSION);
    await page.goto(home);
    await arrived(page, 'Home', 'example, home');
    await page.goto(members);
    await arrived(page, 'Members', 'example, members');
    for (const status of ['Active', 'Invited', 'Not notified', 'Invitation expired', 'Deactivated']) {
      await expect(page.getByRole('table', { name: 'Members' }).getByText(status, { exact: true }).first()).toBeVisible();
    }
    await page.goto(members.replace(/\/members$/, ''));
    await expect(page.getByRole('navigation', { name: 'Organization' })).toBeVisible();
    await takenOver(page);
    await inspect(page, 'example, overview');
    await page.goto(`${members}/invite`);
    await arrived(page, 'Invite users', 'example, invite users');
  });

  test('pages of an administrator', async ({ actors }) => {
    const { person } = await actors.user();
    const { person: invited } = await actors.invited();
    const page = await actors.administrator();
    await new HomePage(page).open();
    await new ProfileMenu(page).open();
    await new AccountPage(page).open();
    const factor = new TwoFactorSettingsPage(page);
    await factor.open();
    await factor.presentArrived();
    await new OverviewPage(page, ORGANIZATION).open();

    const members = new MembersPage(page, ORGANIZATION);
    await members.open();
    await members.open('nobody-is-called-this');
    await inspect(page, 'members, nobody found');
    await members.open(invited.email);
    await page.goto(await members.address(invited.email, 'Cancel invitation'));
    const cancel = new CancelInvitationPage(page, invited.email);
    await cancel.arrivedFromAddress();
    await members.open(invited.email);
    await members.choose(invited.email, 'Cancel invitation');
    await cancel.arrived();

    await members.open(person.email);
    await page.goto(await members.address(person.name, 'Deactivate'));
    await new DeactivatePage(page, person.name).arrivedFromAddress();
    await members.open(person.email);
    await members.choose(person.name, 'Deactivate');
    const deactivate = new DeactivatePage(page, person.name);
    await deactivate.arrived();
    await deactivate.confirm.click();
    await deactivate.receiptArrived();
  });

  test('pages of inviting', async ({ actors }) => {
    const { person } = await actors.user();
    const { person: invited } = await actors.invited();
    const page = await actors.administrator();
    const invite = new InvitePage(page, ORGANIZATION);
    await invite.open();
    await invite.send.click();
    await expectInspectedProblem(page, 'invite users', 'Enter at least one e-mail address', invite.addresses);
    await invite.addresses.fill(Array.from({ length: 1_001 }, (_, number) => `person${number}@people.example`).join('\n'));
    await invite.send.click();
    await expectInspectedProblem(page, 'invite users, too many', 'Invite up to 1000 addresses at once', invite.addresses);
    await invite.addresses.fill(`${invited.email}, ${person.email}, not-an-address, ${get().administrator.email}, fresh.${invited.email}`);
    await invite.send.click();
    await invite.resultsArrived();
    if (runsScripts()) return;

    await invite.open();
    await invite.pasteTooMuch();
    await invite.send.click();
    await arrived(page, 'This is too large', 'too large');
  });

  test('pages of a User', async ({ actors }) => {
    const { page } = await actors.user();
    await page.goto(`/organizations/${ORGANIZATION.slug}/members`);
    await new ForbiddenPage(page).arrived();
    await page.goto('/organizations/nobody-knows-it');
    await notFoundArrived(page);

    const overview = new OverviewPage(page, ORGANIZATION);
    await overview.open();
    await overview.message.send.click();
    await expectInspectedProblem(page, 'overview', 'Write what the administrators should know.', overview.message.text);
    await overview.message.text.fill('Please read this. '.repeat(1_000));
    await overview.message.send.click();
    await expectInspectedProblem(page, 'overview, message too long', /Use at most/, overview.message.text);

    await overview.leave.click();
    const leave = new LeavePage(page, ORGANIZATION);
    await leave.arrived();
    await leave.confirm.click();
    await new HomePage(page).arrived();
    await inspect(page, 'home, access has ended');
  });

  test('pages of a second factor', async ({ actors }) => {
    const { person, link } = await actors.invited({ role: 'Administrator' });
    const page = await actors.signedInBy(link, person);
    const factor = new TwoFactorSettingsPage(page);
    await factor.open();
    await factor.setUpArrived();
    await factor.code.fill((await factor.authenticator()).wrongCode());
    await factor.turnOn.click();
    await expectInspectedProblem(page, 'two-factor set-up', 'The code is wrong.', factor.code);
    await factor.setUp();

    await factor.open();
    await factor.presentArrived();
    await factor.password.fill('not this one, surely');
    await factor.code.fill('000000');
    await factor.renew.click();
    await expectInspectedProblem(page, 'two-factor settings', 'The password is wrong.', factor.password);

    await new ProfileMenu(page).signOut();
    const signIn = new SignInPage(page);
    await signIn.arrived();
    await signIn.signIn(person.username, person.password);
    const code = new CodePage(page);
    await code.arrived();
    await code.enter('');
    await expectInspectedProblem(page, 'code after the password', /code/, code.code);
    await code.useRecoveryCode.click();
    await expect(code.recoveryCode).toBeVisible();
    await inspect(page, 'code after the password, recovery code');
    await code.enterRecoveryCode('not-one-of-them');
    await expectInspectedProblem(page, 'recovery code', 'The recovery code is wrong, or has been used already.', code.recoveryCode);
  });

  test("pages of an invitation's link", async ({ actors }) => {
    const { person, link } = await actors.invited();
    const page = await actors.stranger();
    const complete = new CompletePage(page);
    await complete.open(link);
    await complete.registrationArrived();
    await complete.complete.click();
    await expectInspectedProblem(page, 'complete registration', 'First name: Enter a name.', complete.inputs.firstName);
    await complete.inputs.fill({ ...person, firstName: get().administrator.firstName, lastName: get().administrator.lastName });
    await complete.complete.click();
    await expectInspectedProblem(page, 'complete registration, username taken', `The username ${get().administrator.username} is taken`, complete.inputs.username);

    await actors.seed.sendAgain(person.email);
    await actors.invitationLink(person.email, 2);
    await complete.open(link);
    await complete.caseArrived('A newer link was sent');
    await complete.open('/complete?token=nonsense');
    await complete.caseArrived('This link is not valid');
  });

  test("pages of an invitation's link for somebody with an account", async ({ actors }) => {
    const { link } = await actors.invited();
    const { person, link: used } = await actors.invited();
    const signedIn = await actors.signedInBy(used, person);
    const complete = new CompletePage(signedIn);
    await complete.open(link);
    await complete.caseArrived('This invitation is for somebody else');
    await complete.open(used);
    await complete.caseArrived('You are in');
    const page = await actors.stranger();
    const asStranger = new CompletePage(page);
    await asStranger.open(used);
    await asStranger.caseArrived('This link was used already');

    test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
    await actors.seed.invite(person.email, { organization: OTHER_ORGANIZATION });
    const second = await actors.invitationLink(person.email, 2);
    await asStranger.open(second);
    await asStranger.caseArrived('You have an account already');
    const home = new HomePage(signedIn);
    await home.open();
    await expect(home.invitation(OTHER_ORGANIZATION.name)).toBeVisible();
    await inspect(signedIn, 'home, an invitation waits');
    await complete.open(second);
    await complete.caseArrived(`Join ${OTHER_ORGANIZATION.name}`);
    await complete.decline.click();
    await new HomePage(signedIn).arrived();
    await complete.open(second);
    await complete.caseArrived('This invitation was declined');
  });

  test('pages of a link that came to nothing', async ({ actors }) => {
    const { person, link } = await actors.invited();
    const office = await actors.administrator();
    const members = new MembersPage(office, ORGANIZATION);
    await members.open(person.email);
    await members.choose(person.email, 'Cancel invitation');
    await new CancelInvitationPage(office, person.email).confirm.click();
    await members.arrived();

    const complete = new CompletePage(await actors.stranger());
    await complete.open(link);
    await complete.caseArrived('This invitation was withdrawn');
    await complete.sendMessage.click();
    await expectInspectedProblem(complete.page, 'message about an invitation', 'Write what the administrators should know.', complete.message);
    await complete.message.fill('Was this meant for me?');
    await complete.sendMessage.click();
    await complete.expectMessageSent();
  });

  test('pages after time has passed', async ({ actors }) => {
    test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
    await late(actors);
    const { person: administrator, page } = await actors.anotherAdministrator();
    letProofGrowOld(administrator.email);
    const invite = new InvitePage(page, ORGANIZATION);
    await invite.open();
    await invite.addresses.fill(newPerson().email);
    await invite.role('Administrator').check();
    await invite.send.click();
    await expectInspectedProblem(page, 'invite users, proof', 'Enter your password.', invite.password);

    const overview = new OverviewPage(page, ORGANIZATION);
    await overview.open();
    await overview.message.text.fill('Good morning');
    letSessionsEnd(administrator.email);
    await overview.message.send.click();
    await expect(page.getByText(runsScripts() ? 'You have been signed out.' : 'What you typed is kept')).toBeVisible();
    await inspect(page, 'a form after the session has ended');
  });

  test('the mailbox and a mail', async ({ actors }) => {
    const { person } = await actors.invited({ role: 'Administrator' });
    const page = await actors.stranger();
    const mailbox = new MailboxPage(page);
    await mailbox.open();
    await mailbox.open('nobody-has-this-address');
    await inspect(page, 'development mailbox, nothing found');
    await mailbox.open(person.email);
    await mailbox.openFirst(INVITATION);
    await page.goto(`${page.url().replace(/\?.*/, '')}/message`);
    await inspectMail(page, 'mail: invitation');
  });
});

/** A link that runs out: under the form, and before it is opened. */
async function late(actors: Actors): Promise<void> {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  await complete.inputs.fill(person);
  letLinksExpire(person.email);
  await complete.complete.click();
  await expect(page.getByText('The link ran out while you were typing')).toBeVisible();
  await inspect(page, 'complete registration, link ran out');
  await complete.open(link);
  await complete.caseArrived('This link has expired');
  await complete.sendNewLink.click();
  await complete.expectNewLinkSent();
}
