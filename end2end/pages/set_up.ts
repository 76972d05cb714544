// The page of a set-up link.

import type { Locator, Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';
import type { Person } from '../fixtures/words';
import { RegistrationInputs } from './registration';

export class SetUpPage {
  readonly inputs: RegistrationInputs;
  readonly email: Locator;
  readonly organizationName: Locator;
  readonly label: Locator;
  readonly create: Locator;

  constructor(readonly page: Page) {
    this.inputs = new RegistrationInputs(page);
    this.email = page.getByLabel('Email');
    this.organizationName = page.getByLabel('Organization name');
    this.label = page.getByRole('textbox', { name: 'Label' });
    this.create = page.getByRole('button', { name: 'Create organization' });
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Set up Nexus', 'set-up');
  }

  async fill(person: Person, organization: { name: string; label: string }): Promise<void> {
    await this.inputs.fill(person);
    await this.email.fill(person.email);
    await this.organizationName.fill(organization.name);
    await this.label.fill(organization.label);
  }
}
