-- What the people of one organisation have behind and before them, set by set: three in ten who do not lead are
-- talents, each with two candidacies and two placements. Nothing here is due while somebody measures: the clock of
-- the service would change it.

CREATE TEMP TABLE here AS SELECT id AS organisation_id, current_date AS today, now() AS made FROM organisation;

CREATE TEMP TABLE staff AS
SELECT e.person_id, e.unit_id, e.position_id IS NOT NULL AS leads, row_number() OVER (ORDER BY e.person_id) AS n,
       (SELECT a.id FROM unit_closure c JOIN unit a ON a.id = c.ancestor_id
        WHERE c.descendant_id = e.unit_id AND a.kind = 'administration' ORDER BY c.depth DESC LIMIT 1
       ) AS administration_id
FROM engagement e, here
WHERE e.is_primary AND e.start_on <= here.today AND (e.end_on IS NULL OR e.end_on > here.today);
CREATE INDEX ON staff (unit_id);

CREATE TEMP TABLE head AS
SELECT p.unit_id, e.person_id FROM position p JOIN engagement e ON e.position_id = p.id WHERE p.heads_unit;
CREATE INDEX ON head (unit_id);

-- The unit whose manager is asked for as many talents as HR sees: all who work there are talents.
CREATE TEMP TABLE team AS
SELECT unit_id FROM staff JOIN head USING (unit_id) WHERE NOT leads GROUP BY unit_id
ORDER BY count(*) DESC, unit_id LIMIT 1;

CREATE TEMP TABLE host AS
SELECT unit_id, person_id, row_number() OVER (ORDER BY unit_id) - 1 AS n FROM head;
CREATE TEMP TABLE consultant AS
SELECT person_id, row_number() OVER (ORDER BY person_id) AS n FROM engagement WHERE position_title = 'HR-konsulent'
UNION ALL
SELECT person_id, 100 + row_number() OVER (ORDER BY person_id DESC) FROM staff WHERE NOT leads;
DELETE FROM consultant WHERE n NOT IN (SELECT n FROM consultant ORDER BY n LIMIT 2);

INSERT INTO framework (organisation_id, id, version, created_at, updated_at, name, edition, state, competences,
                       published_on)
SELECT organisation_id, uuidv7(), 2, made, made, 'Ledelsesgrundlag', 1, 'published', jsonb_build_array(
    jsonb_build_object('id', uuidv7(), 'name', 'Overblik', 'description', 'Overskuer svære opgaver.',
                       'levels', '["1", "2", "3", "4", "5"]'::jsonb, 'escoUri', NULL)), today - 900
FROM here;

INSERT INTO programme (organisation_id, id, version, created_at, updated_at, name, level, mix, purpose, framework_id,
                       state, criteria, endorsed_on, opened_on, name_key)
SELECT here.organisation_id, uuidv7(), 5, made, made, wanted.name, 'pre_leader', 'cross_disciplinary', 'Nye ledere',
       framework.id, wanted.state, '[]', today - 800, today - 700, lower(wanted.name)
FROM here, framework, (VALUES ('Talentforløb', 'evaluated'), ('På vej', 'selecting')) AS wanted (name, state);

CREATE TEMP TABLE chosen AS
SELECT staff.*, row_number() OVER (ORDER BY staff.n) AS t, unit_id IN (SELECT unit_id FROM team) AS in_team
FROM staff
WHERE NOT leads AND (n % 10 < 3 OR unit_id IN (SELECT unit_id FROM team));

CREATE TEMP TABLE called AS
SELECT uuidv7() AS id, programme.id AS programme_id, programme.state, i AS n, number
FROM (SELECT greatest(3, count(*) / 100) AS number FROM chosen) c, programme, generate_series(0, number - 1) i;

INSERT INTO cohort (organisation_id, id, version, created_at, updated_at, programme_id, name, capacity, reserved,
                    apply_by, starts_on, ends_on)
SELECT organisation_id, called.id, 1, made, made, programme_id, 'Hold ' || n, 500, '[]', made - interval '100 days',
       CASE state WHEN 'selecting' THEN today + 400 ELSE today - 600 END,
       CASE state WHEN 'selecting' THEN today + 800 ELSE today - 300 END
FROM here, called;

INSERT INTO talent (organisation_id, id, version, created_at, updated_at, person_id, origins, interests, mobility,
                    since, ended_on)
SELECT organisation_id, uuidv7(), 1, made - t * interval '97 seconds', made - (t * 7919 % 100000) * interval '61 seconds',
       person_id, CASE t % 3 WHEN 0 THEN '["application"]' WHEN 1 THEN '["nomination", "application"]'
                             ELSE '["development_talk"]' END::jsonb,
       CASE t % 2 WHEN 0 THEN '["projektledelse"]' ELSE '["personaleledelse", "økonomi"]' END::jsonb,
       (ARRAY['own_unit', 'own_administration', 'whole_organisation', NULL])[1 + t % 4],
       today - 30 - (t * 7919 % 1500)::int, CASE WHEN t % 12 = 0 AND NOT in_team THEN today - 20 END
FROM here, chosen;

INSERT INTO candidacy (organisation_id, id, version, created_at, updated_at, person_id, cohort_id, state, ways,
                       administration_id, motivation, statement, statement_due_on, submitted_at, decided_at, reason,
                       score_key)
SELECT organisation_id, uuidv7(), 3, made, made, chosen.person_id, called.id,
       CASE WHEN called.state = 'evaluated' THEN 'accepted'
            ELSE (ARRAY['submitted', 'assessed', 'declined', 'turned_down'])[1 + t % 4] END,
       '["application"]', administration_id, 'Jeg vil gerne lede.',
       jsonb_build_object('supports', t % 5 > 0, 'reason', 'Kender opgaven.', 'byId', consultant.person_id,
                          'givenOn', today - 500),
       today - 490, made - interval '510 days',
       CASE WHEN called.state = 'evaluated' OR t % 4 > 1 THEN made - interval '450 days' END,
       CASE WHEN called.state = 'evaluated' OR t % 4 > 1 THEN 'Vurderet efter kriterierne.' END, 0
FROM here, consultant, chosen JOIN called ON called.n = chosen.t % called.number
WHERE consultant.n = (SELECT min(n) FROM consultant);

INSERT INTO participation (organisation_id, id, version, created_at, updated_at, candidacy_id, person_id, cohort_id,
                           state, outcome, outcome_on)
SELECT organisation_id, uuidv7(), 4, made, made, id, person_id, cohort_id, 'completed', 'keep_warm', here.today - 300
FROM here JOIN candidacy USING (organisation_id) WHERE state = 'accepted';

INSERT INTO assessment (organisation_id, id, version, created_at, updated_at, candidacy_id, person_id, assessor_id,
                        scores, mean, submitted_at, calibrations)
SELECT here.organisation_id, uuidv7(), 2, made, made, candidacy.id, candidacy.person_id, consultant.person_id,
       jsonb_build_array(jsonb_build_object('competenceId', framework.competences -> 0 ->> 'id', 'score', 4,
                                            'reason', 'Har leddet et projekt.')), 4, made - interval '460 days', '[]'
FROM here, framework, consultant, candidacy
WHERE candidacy.state = 'accepted' AND consultant.person_id <> candidacy.person_id;

UPDATE candidacy SET score = 4, score_key = 400, assessed_at = made - interval '460 days' FROM here
WHERE state = 'accepted';

INSERT INTO placement (organisation_id, id, version, created_at, updated_at, person_id, kind, state, home_unit_id,
                       host_unit_id, host_supervisor_id, participation_id, start_on, end_on, load_percent, objectives,
                       home_salary_share, signatures)
SELECT here.organisation_id, uuidv7(), 5, made, made, chosen.person_id, wanted.kind, wanted.state, chosen.unit_id,
       host.unit_id, CASE WHEN host.person_id <> chosen.person_id THEN host.person_id END,
       CASE wanted.state WHEN 'active' THEN participation.id END, today + wanted.starts, today + wanted.ends,
       wanted.load, 'At lede en hverdag', 100,
       jsonb_build_array(
           jsonb_build_object('party', 'home_manager', 'signedBy', consultant.person_id, 'signedAt', made),
           jsonb_build_object('party', 'host_manager', 'signedBy', consultant.person_id, 'signedAt', made),
           jsonb_build_object('party', 'talent', 'signedBy', chosen.person_id, 'signedAt', made))
FROM here, consultant, (SELECT count(*) AS number FROM host) hosts,
     (VALUES (0, 'shadowing', 'completed', -400, -380, 100), (1, 'internship', 'active', -60, 1400, 20))
         AS wanted (i, kind, state, starts, ends, load),
     chosen JOIN participation USING (person_id), host
WHERE consultant.n = (SELECT min(n) FROM consultant) AND host.n = (chosen.t * 2 + wanted.i) % hosts.number
ORDER BY wanted.i, chosen.t;

DROP TABLE here, staff, head, team, host, consultant, chosen, called;
