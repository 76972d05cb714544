// Everything that an invitation's link can come to.

import { expect, test, type Actors } from '../fixtures/actors';
import { inspect } from '../fixtures/a11y';
import { isDatabaseWithinReach } from '../fixtures/database';
import { letLinksExpire } from '../fixtures/furniture';
import { ORGANIZATION, OTHER_ORGANIZATION } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { expectInspectedProblem } from '../pages/form';
import { HomePage } from '../pages/home';
import { CompletePage } from '../pages/invitations';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';
import { SignInPage } from '../pages/sign_in';

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

test('a link that runs out under the form can be renewed there, and what was typed is not lost', async ({ actors }) => {
  test.skip(!isDatabaseWithinReach(), "the program's database is out of reach");
  const { person, complete, page } = await registering(actors);
  letLinksExpire(person.email);
  await complete.complete.click();

  await expect(page.getByText('The link ran out while you were typing')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Last name' })).toContainText(person.lastName);
  await inspect(page, 'complete registration, link ran out');
  await complete.sendNewLink.click();
  await complete.expectNewLinkSent();
  await complete.open(await actors.invitationLink(person.email, 2));
  await complete.registrationArrived();
});

test('a taken username is refused, with free ones instead', async ({ actors }) => {
  const { person: first } = await actors.user();
  const second = { ...newPerson(), firstName: first.firstName, lastName: first.lastName };
  const { link } = await actors.invited({}, second);
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
    await complete.open(await actors.invitationLink(person.email, 2));
    await complete.registrationArrived();
  });

  test('whoever has an account signs in and accepts', { tag: '@plain' }, async ({ actors }) => {
    const { person, page } = await actors.user();
    await actors.seed.invite(person.email, { organization: OTHER_ORGANIZATION });

    await test.step('until then the row shows only what was typed', async () => {
      const members = new MembersPage(await actors.administrator(), OTHER_ORGANIZATION);
      await members.open(person.email);
      await expect(members.row(person.email)).toContainText('Invited');
      await expect(members.row(person.email)).not.toContainText(person.lastName);
      await expect(members.row(person.email)).not.toContainText(person.username);
    });

    const link = await actors.invitationLink(person.email, 2);
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
    await actors.seed.invite(person.email, { organization: OTHER_ORGANIZATION });
    const link = await actors.invitationLink(person.email, 2);
    const complete = new CompletePage(page);
    await complete.open(link);
    await complete.caseArrived(`Join ${OTHER_ORGANIZATION.name}`);
    await complete.decline.click();
    await new HomePage(page).arrived();
    await expect(page.getByText('Invitation declined')).toBeVisible();

    const administrator = await actors.administrator();
    const members = new MembersPage(administrator, OTHER_ORGANIZATION);
    await members.open(person.email);
    await expect(administrator.getByText('Nobody found')).toBeVisible();
    await complete.open(link);
    await complete.caseArrived('This invitation was declined');
  });

  test('an invitation is accepted at home', async ({ actors }) => {
    const { person, page } = await actors.user();
    await actors.seed.invite(person.email, { organization: OTHER_ORGANIZATION });
    const home = new HomePage(page);
    await home.open();
    await home.invitation(OTHER_ORGANIZATION.name).getByRole('button', { name: `Accept the invitation to ${OTHER_ORGANIZATION.name}` }).click();
    await new OverviewPage(page, OTHER_ORGANIZATION).arrived();
  });
});

/** Somebody invited, whose form is filled in and not sent yet. */
async function registering(actors: Actors) {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  await complete.inputs.fill(person);
  return { person, complete, page };
}
