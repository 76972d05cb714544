SELECT organizations.member_count,
    (SELECT count(*) FROM (SELECT FROM reachable_administrators WHERE reachable_administrators.organization_id = $1 LIMIT 2) AS reachable) AS reachable_administrators, NULL::bigint AS matches, listed.*
FROM organizations LEFT JOIN (
SELECT
    memberships.id, memberships.user_id,
    coalesce(users.first_name, memberships.first_name) AS first_name,
    coalesce(users.last_name, memberships.last_name) AS last_name,
    coalesce(users.email, memberships.email) AS email,
    coalesce(users.username, memberships.username) AS username,
    memberships.role, memberships.permissions,
    memberships.invited_at, memberships.link_expires_at, memberships.activated_at, memberships.deactivated_at,
    (
        SELECT visited_at FROM last_visits
        WHERE last_visits.organization_id = memberships.organization_id AND last_visits.membership_id = memberships.id
    ) AS last_active_at,
    (
        SELECT true FROM two_factors WHERE two_factors.user_id = memberships.user_id AND confirmed_at IS NOT NULL LIMIT 1
    ) IS NOT NULL AS has_factor,
    users.closing_at IS NOT NULL AS is_closing,
    ARRAY (
        SELECT held.application || ': ' || held.level
        FROM (
            SELECT
                (
                    SELECT applications.name FROM applications
                    WHERE applications.organization_id = application_access.organization_id
                        AND applications.id = application_access.application_id
                ) AS application,
                (
                    SELECT access_levels.name FROM access_levels
                    WHERE access_levels.organization_id = application_access.organization_id
                        AND access_levels.application_id = application_access.application_id
                        AND access_levels.level = application_access.level
                ) AS level
            FROM application_access
            WHERE application_access.organization_id = memberships.organization_id AND application_access.membership_id = memberships.id
            OFFSET 0
        ) AS held
        ORDER BY held.application
    ) AS applications,
    memberships.sort_name
    FROM (SELECT * FROM memberships WHERE organization_id = $2 ORDER BY sort_name, id LIMIT 51) AS memberships LEFT JOIN users ON users.id = memberships.user_id) AS listed ON true WHERE organizations.id = $3 ORDER BY sort_name, id
