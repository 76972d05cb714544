// Runs first: makes the organization and the administrator that the other tests share.
// With an installation from outside (NEXUS_E2E_URL) that was set up in an earlier run, it keeps what is there.

import { expect, test } from '../fixtures/actors';
import { isDatabaseWithinReach } from '../fixtures/database';
import { furnish, letProofStayRecent } from '../fixtures/furniture';
import { ADMINISTRATOR_SESSION, ORGANIZATION, find, keep } from '../fixtures/installation';
import { newPerson } from '../fixtures/words';
import { MembersPage } from '../pages/members';
import { SetUpPage } from '../pages/set_up';
import { TwoFactorSettingsPage } from '../pages/two_factor';

test('the first administrator creates the organization', async ({ actors }) => {
  test.skip(find() !== undefined, 'it is there already');
  const administrator = newPerson({ firstName: 'Ada', lastName: 'Lindqvist' });
  const page = await actors.stranger();

  const setUp = new SetUpPage(page);
  await setUp.open(process.env.NEXUS_E2E_SET_UP_LINK ?? '');
  await setUp.fill(administrator, ORGANIZATION);
  await setUp.create.click();

  const { authenticator, recoveryCodes } = await new TwoFactorSettingsPage(page).setUp();

  await new MembersPage(page, ORGANIZATION).arrived();
  await expect(page).toHaveURL(`/organizations/${ORGANIZATION.slug}/members`);
  await page.context().storageState({ path: ADMINISTRATOR_SESSION });
  const isFurnished = isDatabaseWithinReach();
  if (isFurnished) {
    furnish();
    letProofStayRecent(administrator.email);
  }
  keep({ url: process.env.NEXUS_E2E_URL ?? '', administrator, secret: authenticator.secret, recoveryCodes, isFurnished });
});
