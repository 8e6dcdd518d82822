-- Who did it: every change of a master record or rule, appended in its transaction. Nothing ever alters or removes a row.
CREATE TABLE change (
    change_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    changed_at timestamptz NOT NULL DEFAULT now(),
    subject    text        NOT NULL,
    token_id   text,
    trace_id   text        NOT NULL,
    kind       text        NOT NULL,
    code       text        NOT NULL,
    version    bigint      NOT NULL,
    before     jsonb,
    after      jsonb       NOT NULL
);
CREATE INDEX change_code ON change (code, change_id);
CREATE INDEX change_kind ON change (kind, change_id);
CREATE INDEX change_subject ON change (subject, change_id);
CREATE INDEX change_time ON change USING brin (changed_at);

CREATE FUNCTION change_is_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'Changes are append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER change_rows_stay BEFORE UPDATE OR DELETE ON change
    FOR EACH ROW EXECUTE FUNCTION change_is_append_only();
CREATE TRIGGER change_is_kept BEFORE TRUNCATE ON change
    FOR EACH STATEMENT EXECUTE FUNCTION change_is_append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON change FROM "${runtime-role}";
REVOKE ALL ON FUNCTION change_is_append_only() FROM PUBLIC;
