SELECT
    now() AS "now!",
    sessions.id, sessions.user_id, sessions.stage, sessions.created_at, sessions.last_used_at, sessions.proved_at,
    sessions.organization_id,
    users.email, users.email_proved_at IS NOT NULL AS "is_email_proved!", users.closing_at IS NOT NULL AS "is_closing!",
    EXISTS (SELECT FROM two_factors WHERE two_factors.user_id = sessions.user_id AND confirmed_at IS NOT NULL) AS "has_factor!",
    EXISTS (
        SELECT FROM memberships AS held
        WHERE held.user_id = sessions.user_id AND held.deactivated_at IS NULL AND (
            SELECT true FROM sensitive_access
            WHERE sensitive_access.organization_id = held.organization_id AND sensitive_access.membership_id = held.id
            LIMIT 1)
    ) AS "holds_sensitive!",
    EXISTS (
        SELECT FROM sensitive_access
        WHERE sensitive_access.organization_id = member.organization_id AND sensitive_access.membership_id = member.id
    ) AS "is_sensitive!",
    member.id AS "membership_id?", member.role AS "role?", member.permissions AS "permissions?",
    member.deactivated_at IS NULL AS "is_active?", member.activated_at AS "activated_at?", last_visits.visited_at AS "visited_at?",
    organizations.id AS "member_organization_id?", organizations.name AS "organization_name?", organizations.slug AS "slug?",
    organizations.label AS "label?", organizations.link_validity_seconds AS "link_validity_seconds?"
FROM sessions
JOIN users ON users.id = sessions.user_id
LEFT JOIN organizations ON organizations.slug = $2
LEFT JOIN memberships AS member ON member.organization_id = organizations.id AND member.user_id = sessions.user_id
LEFT JOIN last_visits ON last_visits.organization_id = member.organization_id AND last_visits.membership_id = member.id
WHERE sessions.digest = $1
