// The inputs of every registration.

import type { Locator, Page } from '@playwright/test';
import type { Person } from '../fixtures/words';

export class RegistrationInputs {
  readonly firstName: Locator;
  readonly lastName: Locator;
  readonly automaticUsername: Locator;
  readonly username: Locator;
  readonly password: Locator;

  constructor(page: Page) {
    this.firstName = page.getByLabel('First name');
    this.lastName = page.getByLabel('Last name');
    this.automaticUsername = page.getByRole('checkbox', { name: 'Create username from name and surname' });
    this.username = page.getByRole('textbox', { name: 'Username' });
    this.password = page.getByLabel('Password', { exact: true });
  }

  /** Types names and password; the username is made of the names. */
  async fill(person: Person): Promise<void> {
    await this.firstName.fill(person.firstName);
    await this.lastName.fill(person.lastName);
    await this.password.fill(person.password);
  }
}
