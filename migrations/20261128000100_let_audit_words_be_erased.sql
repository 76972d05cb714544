-- Audit rows hold ids, kinds and numbers, so they can stay for ever. What names somebody stands beside them, where three functions
-- can erase it: the log stays insert-only while somebody is forgotten.
ALTER TABLE audit_events ADD COLUMN actor_kind text;

CREATE TABLE audit_details (
    event_id uuid PRIMARY KEY REFERENCES audit_events (id),
    organization_id uuid REFERENCES organizations (id),
    -- Whose network and device these are.
    actor_id uuid REFERENCES users (id),
    -- Whom the words are about: somebody with an account, or a membership, pending ones included.
    user_id uuid REFERENCES users (id),
    membership_id uuid,
    at timestamptz NOT NULL,
    network inet,
    user_agent text,
    words jsonb,
    CONSTRAINT audit_details_membership_within_organization FOREIGN KEY (organization_id, membership_id)
        REFERENCES memberships (organization_id, id) ON DELETE SET NULL (membership_id)
);
CREATE INDEX audit_details_by_actor ON audit_details (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_details_by_person ON audit_details (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX audit_details_by_membership ON audit_details (organization_id, membership_id) WHERE membership_id IS NOT NULL;
CREATE INDEX audit_details_by_time ON audit_details USING brin (at);

INSERT INTO audit_details (event_id, organization_id, actor_id, user_id, membership_id, at, network, user_agent, words)
SELECT event.id, event.organization_id, event.actor_id, users.id, memberships.id, event.at, event.network, event.user_agent, typed.words
FROM audit_events AS event
LEFT JOIN users ON event.subject_kind = 'user' AND users.id = event.subject_id
LEFT JOIN memberships ON event.subject_kind = 'membership' AND memberships.organization_id = event.organization_id
    AND memberships.id = event.subject_id
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(key, value) AS words FROM jsonb_each(event.difference) WHERE key IN ('email', 'name', 'username')
) AS typed
WHERE event.network IS NOT NULL OR event.user_agent IS NOT NULL OR typed.words IS NOT NULL;

ALTER TABLE audit_events DISABLE TRIGGER audit_events_are_never_changed;
UPDATE audit_events SET
    difference = difference - ARRAY['email', 'name', 'username'],
    actor_kind = CASE
        WHEN actor_id IS NOT NULL THEN 'person'
        WHEN action IN ('session.sign_in_unlocked', 'two_factor.reset') THEN 'operator'
        WHEN action = 'mail.given_up' THEN 'system'
        ELSE 'nobody' END;
ALTER TABLE audit_events ENABLE TRIGGER audit_events_are_never_changed;

ALTER TABLE audit_events
    DROP COLUMN network,
    DROP COLUMN user_agent,
    ALTER COLUMN actor_kind SET NOT NULL,
    ADD CONSTRAINT audit_events_actor_kind_is_known CHECK (actor_kind IN ('person', 'operator', 'system', 'nobody')),
    ADD CONSTRAINT audit_events_person_is_named CHECK ((actor_kind = 'person') = (actor_id IS NOT NULL));

-- Each of the three leaves a row of its own. They run with the owner's rights, so their search path is fixed, and nobody may call
-- them but whom the program's migration grants it.
CREATE FUNCTION record_erasure(event_id uuid, actor uuid, organization uuid, kind text, subject uuid, rows bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
    INSERT INTO public.audit_events (id, organization_id, actor_kind, actor_id, action, subject_kind, subject_id, at, difference)
    VALUES (event_id, organization, CASE WHEN actor IS NULL THEN 'operator' ELSE 'person' END, actor, 'audit.erased', kind, subject,
        now(), jsonb_build_object('rows', rows))
$$;

-- A person: what names them as a subject, in every organization and also while they were only invited, and from where they acted.
CREATE FUNCTION erase_audit_details_of_person(event_id uuid, actor uuid, person uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    erased bigint;
BEGIN
    UPDATE public.audit_details AS detail SET
        network = CASE WHEN detail.actor_id = person THEN NULL ELSE detail.network END,
        user_agent = CASE WHEN detail.actor_id = person THEN NULL ELSE detail.user_agent END,
        words = CASE WHEN told.is_about THEN NULL ELSE detail.words END
    FROM (
        SELECT about.event_id, bool_or(about.is_about) AS is_about
        FROM (
            SELECT acted.event_id, false AS is_about FROM public.audit_details AS acted WHERE acted.actor_id = person
            UNION ALL
            SELECT named.event_id, true FROM public.audit_details AS named WHERE named.user_id = person
            UNION ALL
            SELECT belonging.event_id, true FROM public.audit_details AS belonging
            JOIN public.memberships ON memberships.organization_id = belonging.organization_id AND memberships.id = belonging.membership_id
            WHERE memberships.user_id = person
            UNION ALL
            -- An invitation that was withdrawn or declined before there was an account has no membership any more.
            SELECT typed.event_id, true FROM public.audit_details AS typed
            JOIN public.users ON users.id = person AND lower(typed.words ->> 'email') = users.email_key
        ) AS about
        GROUP BY about.event_id
    ) AS told
    WHERE detail.event_id = told.event_id
        AND (told.is_about AND detail.words IS NOT NULL
            OR detail.actor_id = person AND (detail.network IS NOT NULL OR detail.user_agent IS NOT NULL));
    GET DIAGNOSTICS erased = ROW_COUNT;
    PERFORM public.record_erasure(event_id, actor, NULL, 'user', person, erased);
    RETURN erased;
END
$$;

-- An organization: everything beside its rows.
CREATE FUNCTION erase_audit_details_of_organization(event_id uuid, actor uuid, organization uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    erased bigint;
BEGIN
    UPDATE public.audit_details AS detail SET network = NULL, user_agent = NULL, words = NULL
    WHERE detail.organization_id = organization
        AND (detail.network IS NOT NULL OR detail.user_agent IS NOT NULL OR detail.words IS NOT NULL);
    GET DIAGNOSTICS erased = ROW_COUNT;
    PERFORM public.record_erasure(event_id, actor, organization, 'organization', organization, erased);
    RETURN erased;
END
$$;

-- What is older than a time: networks and devices usually go sooner than words. Null leaves a kind as it is.
CREATE FUNCTION erase_audit_details_before(event_id uuid, actor uuid, origins_before timestamptz, words_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    erased bigint;
BEGIN
    UPDATE public.audit_details AS detail SET
        network = CASE WHEN detail.at < origins_before THEN NULL ELSE detail.network END,
        user_agent = CASE WHEN detail.at < origins_before THEN NULL ELSE detail.user_agent END,
        words = CASE WHEN detail.at < words_before THEN NULL ELSE detail.words END
    WHERE detail.at < greatest(origins_before, words_before)
        AND (detail.at < origins_before AND (detail.network IS NOT NULL OR detail.user_agent IS NOT NULL)
            OR detail.at < words_before AND detail.words IS NOT NULL);
    GET DIAGNOSTICS erased = ROW_COUNT;
    PERFORM public.record_erasure(event_id, actor, NULL, 'time', NULL, erased);
    RETURN erased;
END
$$;

REVOKE ALL ON FUNCTION record_erasure(uuid, uuid, uuid, text, uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION erase_audit_details_of_person(uuid, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION erase_audit_details_of_organization(uuid, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION erase_audit_details_before(uuid, uuid, timestamptz, timestamptz) FROM PUBLIC;
