// The second factor: setting it up, its recovery codes, and the code after the password.

import { expect, type Locator, type Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';
import { Authenticator } from '../fixtures/authenticator';

/** Setting it up, and what is shown once it is. */
export class TwoFactorSettingsPage {
  readonly code: Locator;
  readonly turnOn: Locator;
  readonly recoveryCodes: Locator;
  readonly continue: Locator;
  readonly duty: Locator;
  readonly password: Locator;
  readonly renew: Locator;

  constructor(readonly page: Page) {
    this.code = page.getByLabel('Authentication code');
    this.turnOn = page.getByRole('button', { name: 'Turn on two-factor authentication' });
    this.recoveryCodes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    this.continue = page.getByRole('link', { name: 'Continue' });
    this.duty = page.getByText('You need this before you can go on');
    this.password = page.getByLabel('Your password');
    this.renew = page.getByRole('button', { name: 'Make new recovery codes' });
  }

  async open(): Promise<void> {
    await this.page.goto('/account/two-factor');
  }

  async setUpArrived(): Promise<void> {
    await arrived(this.page, 'Set up two-factor authentication', 'two-factor set-up');
  }

  async codesArrived(): Promise<void> {
    await arrived(this.page, 'Your recovery codes', 'recovery codes');
    await expect(this.recoveryCodes).toHaveCount(10);
  }

  async presentArrived(): Promise<void> {
    await arrived(this.page, 'Two-factor authentication', 'two-factor settings');
  }

  /** Reads the key as text, as somebody does who can't scan. */
  async authenticator(): Promise<Authenticator> {
    return new Authenticator(await this.page.getByRole('group', { name: 'key' }).getByRole('code').innerText());
  }

  /** Goes through the whole set-up, up to the page that it was on the way to. */
  async setUp(): Promise<{ authenticator: Authenticator; recoveryCodes: string[] }> {
    await this.setUpArrived();
    const authenticator = await this.authenticator();
    await this.code.fill(await authenticator.nextCode());
    await this.turnOn.click();
    await this.codesArrived();
    const recoveryCodes = await this.recoveryCodes.allInnerTexts();
    await this.continue.click();
    return { authenticator, recoveryCodes };
  }
}

/** The code after the password. */
export class CodePage {
  readonly code: Locator;
  readonly verify: Locator;
  readonly useRecoveryCode: Locator;
  readonly useAuthenticatorApp: Locator;
  readonly recoveryCode: Locator;
  readonly signInWithRecoveryCode: Locator;

  constructor(readonly page: Page) {
    this.code = page.getByLabel('Authentication code');
    this.verify = page.getByRole('button', { name: 'Verify' });
    this.useRecoveryCode = page.getByRole('link', { name: 'Use a recovery code' });
    this.useAuthenticatorApp = page.getByRole('link', { name: 'Use the authenticator app' });
    this.recoveryCode = page.getByLabel('Recovery code');
    this.signInWithRecoveryCode = page.getByRole('button', { name: 'Sign in with a recovery code' });
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Two-factor authentication', 'code after the password');
  }

  async enter(code: string): Promise<void> {
    await this.code.fill(code);
    await this.verify.click();
  }

  async enterRecoveryCode(code: string): Promise<void> {
    if (!(await this.recoveryCode.isVisible())) await this.useRecoveryCode.click();
    await this.recoveryCode.fill(code);
    await this.signInWithRecoveryCode.click();
  }
}
