// A walk through every page, so that each is inspected in light and dark and at every size, and pictures of them can be taken:
//   NEXUS_SHOTS=1 npx playwright test pages --project=desktop --project=phone
// Each page object inspects its page when it arrives there, once for each screen.

import { expect, test } from '../fixtures/actors';
import { arrived, inspect, inspectMail, takenOver } from '../fixtures/a11y';
import { Authenticator } from '../fixtures/authenticator';
import { isDatabaseWithinReach } from '../fixtures/database';
import { letLinksExpire } from '../fixtures/furniture';
import { ORGANIZATION, OTHER_ORGANIZATION, get } from '../fixtures/installation';
import { INVITATION } from '../fixtures/mailbox';
import { launchProgram } from '../global-setup';
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

test.slow();

test('pages of strangers', async ({ actors }) => {
  const page = await actors.stranger();
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.signIn('', '');
  await expectInspectedProblem(page, 'sign in', 'Enter your password.', signIn.password);

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
  const installation = await launchProgram(`server-pages-${test.info().project.name}`);
  try {
    const page = await actors.stranger();
    const setUp = new SetUpPage(page);
    await setUp.open(installation.setUpLink);
    await setUp.create.click();
    await expectInspectedProblem(page, 'set-up', 'Organization name: Enter a name.', setUp.organizationName);
    await page.goto(`${installation.url}/set-up?token=nonsense`);
    await arrived(page, 'This link is not valid', 'set-up link: not valid');
  } finally {
    await installation.stop();
  }
  const page = await actors.stranger();
  if (process.env.NEXUS_E2E_SET_UP_LINK) {
    await page.goto(process.env.NEXUS_E2E_SET_UP_LINK);
    await arrived(page, 'Nexus is set up already', 'set-up link: done');
  }
});

test('the example organization, with people in every status', async ({ actors }) => {
  const installation = await launchProgram(`server-example-${test.info().project.name}`, true);
  try {
    const said = (what: string) => new RegExp(`^${what} +(\\S.*)$`, 'm').exec(installation.example)?.[1] ?? '';
    const page = await actors.stranger();
    await page.goto(said('Sign in at'));
    const signIn = new SignInPage(page);
    await signIn.arrived();
    await signIn.signIn(said('Username'), said('Password'));
    const code = new CodePage(page);
    await code.arrived();
    await code.enter(await new Authenticator(said('Second factor')).nextCode());
    await new HomePage(page).arrived();
    await inspect(page, 'example, home');

    await page.goto(said('Members'));
    await arrived(page, 'Members', 'example, members');
    for (const status of ['Active', 'Invited', 'Not notified', 'Invitation expired', 'Deactivated']) {
      await expect(page.getByRole('table', { name: 'Members' }).getByText(status, { exact: true }).first()).toBeVisible();
    }
    await page.goto(said('Members').replace(/\/members$/, ''));
    await expect(page.getByRole('navigation', { name: 'Organization' })).toBeVisible();
    await takenOver(page);
    await inspect(page, 'example, overview');
    await page.goto(`${said('Members')}/invite`);
    await arrived(page, 'Invite users', 'example, invite users');
  } finally {
    await installation.stop();
  }
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
  const cancel = new CancelInvitationPage(page, invited.email);
  await members.open(invited.email);
  await page.goto(await members.address(invited.email, 'Cancel invitation'));
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

  const invite = new InvitePage(page, ORGANIZATION);
  await invite.open();
  await invite.send.click();
  await expectInspectedProblem(page, 'invite users', 'Enter at least one e-mail address', invite.addresses);
  await invite.addresses.fill(`${invited.email}, ${person.email}, not-an-address, ${get().administrator.email}, fresh.${invited.email}`);
  await invite.send.click();
  await invite.resultsArrived();
});

test('pages of a User', async ({ actors }) => {
  const { page, person } = await actors.user();
  await page.goto(`/organizations/${ORGANIZATION.slug}/members`);
  await new ForbiddenPage(page).arrived();
  await page.goto('/organizations/nobody-knows-it');
  await notFoundArrived(page);
  const factor = new TwoFactorSettingsPage(page);
  await factor.open();
  await factor.setUp();
  await new ProfileMenu(page).signOut();
  const signIn = new SignInPage(page);
  await signIn.arrived();
  await signIn.signIn(person.username, person.password);
  const code = new CodePage(page);
  await code.arrived();
  await code.useRecoveryCode.click();
  await expect(code.recoveryCode).toBeVisible();
  await inspect(page, 'code after the password, recovery code');

  const { page: other } = await actors.user();
  const overview = new OverviewPage(other, ORGANIZATION);
  await overview.leave.click();
  const leave = new LeavePage(other, ORGANIZATION);
  await leave.arrived();
  await leave.confirm.click();
  await new HomePage(other).arrived();
  await inspect(other, 'home, access has ended');
});

test("pages of an invitation's link", async ({ actors }) => {
  const { link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  await complete.complete.click();
  await expectInspectedProblem(page, 'complete registration', 'First name: Enter a name.', complete.inputs.firstName);

  const { person, page: signedIn } = await actors.user();
  const used = new CompletePage(signedIn);
  await used.open(link);
  await used.caseArrived('This invitation is for somebody else');
  await complete.open(await (await actors.mailbox()).invitationLink(person.email));
  await complete.caseArrived('This link was used already');
  await complete.open('/complete?token=nonsense');
  await complete.caseArrived('This link is not valid');

  test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
  const { person: late, link: lateLink } = await actors.invited();
  letLinksExpire(late.email);
  await complete.open(lateLink);
  await complete.caseArrived('This link has expired');
  await complete.sendNewLink.click();
  await complete.expectNewLinkSent();

  const invite = new InvitePage(await actors.administrator(), OTHER_ORGANIZATION);
  await invite.open();
  await invite.addresses.fill(person.email);
  await invite.send.click();
  await invite.resultsArrived();
  const second = await (await actors.mailbox()).invitationLink(person.email, 2);
  await complete.open(second);
  await complete.caseArrived('You have an account already');
  await used.open(second);
  await used.caseArrived(`Join ${OTHER_ORGANIZATION.name}`);
  const home = new HomePage(signedIn);
  await home.open();
  await expect(home.invitation(OTHER_ORGANIZATION.name)).toBeVisible();
  await inspect(signedIn, 'home, an invitation waits');
});

test('the mailbox and a mail', async ({ actors }) => {
  const { person } = await actors.invited('Administrator');
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
