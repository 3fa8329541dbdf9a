use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use kurabe_database::postgres::{Options, load as load_postgres};
use kurabe_database::{DatabaseError, Load, Loaded, views};
use kurabe_schema::Dataset;
use postgres::Client;

use crate::sample::{ROWS, dataset, load, sized};
use crate::server::{PASSWORD, Server};

fn options<'a>(url: &'a str, schema: &'a str) -> Options<'a> {
    Options {
        url,
        password: Some(PASSWORD),
        schema,
        is_replacing: false,
    }
}

fn put(server: &Server, dataset: &Dataset) -> Result<Loaded, DatabaseError> {
    load_postgres(&options(&server.url(), "kurabe"), &load(dataset))
}

fn replace(server: &Server, dataset: &Dataset) -> Result<Loaded, DatabaseError> {
    let url = server.url();
    let options = Options {
        is_replacing: true,
        ..options(&url, "kurabe")
    };
    load_postgres(&options, &load(dataset))
}

fn count(client: &mut Client, query: &str) -> i64 {
    client.query_one(query, &[]).unwrap().get(0)
}

fn word(client: &mut Client, query: &str) -> String {
    let row = client.query_one(query, &[]).unwrap();
    row.get::<_, Option<String>>(0).unwrap_or_default()
}

/// One text over all values of a table.
fn fingerprint(client: &mut Client, table: &str) -> String {
    let query =
        format!("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM kurabe.{table} t");
    word(client, &query)
}

#[test]
fn a_schema_is_made_loaded_again_and_changed() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut client = server.client();
    let first = put(&server, &dataset(1)).unwrap();
    assert!(first.dangling.is_empty(), "{:?}", first.dangling);
    for spec in Dataset::specs() {
        let query = format!("SELECT count(*) FROM kurabe.{}", spec.name);
        assert_eq!(count(&mut client, &query), ROWS as i64, "{}", spec.name);
    }
    assert_eq!(first.changed, Some(first.rows as u64));
    described(&mut client);
    let again = put(&server, &dataset(1)).unwrap();
    assert_eq!(again.changed, Some(0));
    let before = fingerprint(&mut client, "measures");
    let other = put(&server, &dataset(2)).unwrap();
    assert!(other.changed > Some(100));
    assert_ne!(fingerprint(&mut client, "measures"), before);
    put(&server, &dataset(1)).unwrap();
    assert_eq!(fingerprint(&mut client, "measures"), before);
    let title = "SELECT title FROM kurabe.measures WHERE measure_id = 'id-000003'";
    let mut expected = dataset(1).measures.into_iter();
    let expected = expected.find(|one| one.measure_id == "id-000003");
    assert_eq!(word(&mut client, title), expected.unwrap().title);
    let fewer = put(&server, &sized(1, 3)).unwrap();
    assert!(fewer.changed > Some(0));
    assert_eq!(count(&mut client, "SELECT count(*) FROM kurabe.kpis"), 3);
}

/// Keys, checks, comments, indexes and views are there.
fn described(client: &mut Client) {
    let comment = "SELECT col_description('kurabe.v_kpi_progress'::regclass, 1::int) || obj_description('kurabe'::regnamespace)";
    assert!(word(client, comment).contains("The KPI"));
    let keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'kurabe'::regnamespace";
    let declared = Dataset::specs().iter().flat_map(|spec| spec.columns);
    let declared = declared.filter(|column| column.references.is_some());
    assert_eq!(count(client, keys), declared.count() as i64);
    let undescribed = "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
        WHERE c.relnamespace = 'kurabe'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 \
        AND col_description(c.oid, a.attnum) IS NULL AND a.attname NOT IN ('loaded_at', 'layout')";
    assert_eq!(count(client, undescribed), 0);
    for view in views() {
        let query = format!("SELECT * FROM kurabe.{} LIMIT 0", view.name);
        let statement = client.prepare(&query).unwrap();
        let columns: Vec<&str> = statement.columns().iter().map(|c| c.name()).collect();
        let told: Vec<&str> = view.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns, told, "{}", view.name);
    }
    let wrong = "UPDATE kurabe.measures SET stage = 'begun'";
    assert!(client.execute(wrong, &[]).is_err());
    let version = "SELECT version FROM kurabe.kurabe_dataset WHERE loaded_at <= now()";
    assert_eq!(word(client, version), "1.2.3");
}

/// What a reader may see: every table whole, all of one dataset.
const INVARIANT: &str = "SELECT (SELECT count(*) FROM kurabe.measures) * 1000000000 \
    + (SELECT count(*) FROM kurabe.plan_vs_survey) * 1000000 + (SELECT sum(position) FROM kurabe.measures)";

#[test]
fn readers_see_the_old_dataset_or_the_new_one() {
    let Some(server) = Server::start() else {
        return;
    };
    let (old, new) = (sized(1, 500), sized(2, 400));
    put(&server, &old).unwrap();
    let mut holder = server.client();
    let mut snapshot = holder
        .build_transaction()
        .isolation_level(postgres::IsolationLevel::RepeatableRead)
        .start()
        .unwrap();
    let seen = |row: postgres::Row| row.get::<_, i64>(0);
    let before = seen(snapshot.query_one(INVARIANT, &[]).unwrap());
    let is_done = AtomicBool::new(false);
    let polled = thread::scope(|scope| {
        let poller = scope.spawn(|| {
            let mut reader = server.client();
            let mut polled = Vec::new();
            while !is_done.load(Ordering::Relaxed) {
                polled.push(seen(reader.query_one(INVARIANT, &[]).unwrap()));
            }
            polled
        });
        for dataset in [&new, &old, &new] {
            put(&server, dataset).unwrap();
        }
        is_done.store(true, Ordering::Relaxed);
        poller.join().unwrap()
    });
    assert_eq!(seen(snapshot.query_one(INVARIANT, &[]).unwrap()), before);
    drop(snapshot);
    let after = seen(holder.query_one(INVARIANT, &[]).unwrap());
    assert_ne!(before, after);
    assert!(polled.len() > 3, "{polled:?}");
    for one in polled {
        assert!(one == before || one == after, "{one}: {before} or {after}");
    }
}

#[test]
fn what_others_have_built_stays() {
    let Some(server) = Server::start() else {
        return;
    };
    put(&server, &dataset(1)).unwrap();
    let mut client = server.client();
    client
        .batch_execute(&format!(
            "CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE ON SCHEMA kurabe TO reader; \
             GRANT SELECT ON kurabe.measures, kurabe.v_kpi_progress TO reader; \
             CREATE VIEW public.mine AS SELECT measure_id, title FROM kurabe.measures; \
             ALTER TABLE kurabe.measures ADD COLUMN my_note text; \
             UPDATE kurabe.measures SET my_note = 'kept'; \
             CREATE TABLE public.notes (measure_id text REFERENCES kurabe.measures, note text); \
             INSERT INTO public.notes VALUES ('id-000001', 'n')"
        ))
        .unwrap();
    put(&server, &dataset(2)).unwrap();
    assert_eq!(
        count(&mut client, "SELECT count(*) FROM public.mine"),
        ROWS as i64
    );
    let kept = "SELECT count(*) FROM kurabe.measures WHERE my_note = 'kept'";
    assert_eq!(count(&mut client, kept), ROWS as i64);
    let mut reader = server.client_of("reader");
    let rows = "SELECT count(*) FROM kurabe.v_kpi_progress";
    assert_eq!(count(&mut reader, rows), ROWS as i64);
    let before = fingerprint(&mut client, "measures");
    let error = put(&server, &sized(2, 1)).unwrap_err();
    assert!(
        matches!(error, DatabaseError::StillReferenced { .. }),
        "{error}"
    );
    assert_eq!(fingerprint(&mut client, "measures"), before);
}

#[test]
fn a_schema_that_differs_is_migrated_or_refused() {
    let Some(server) = Server::start() else {
        return;
    };
    let data = dataset(1);
    put(&server, &data).unwrap();
    let mut client = server.client();
    let whole = fingerprint(&mut client, "outcomes");
    // What a version with fewer tables, columns and words would have left.
    client
        .batch_execute(
            "DROP VIEW kurabe.v_schedule_by_year, kurabe.v_kpi_progress, kurabe.v_measure_overview; \
             DROP TABLE kurabe.plan_items; ALTER TABLE kurabe.outcomes DROP COLUMN position; \
             ALTER TABLE kurabe.kpis ALTER COLUMN segment SET NOT NULL; \
             ALTER TABLE kurabe.kpis ALTER COLUMN name DROP NOT NULL",
        )
        .unwrap_err();
    client
        .batch_execute(
            "DROP VIEW kurabe.v_schedule_by_year, kurabe.v_kpi_progress, kurabe.v_measure_overview; \
             DROP TABLE kurabe.plan_items; ALTER TABLE kurabe.outcomes DROP COLUMN position; \
             DELETE FROM kurabe.kpi_values; \
             ALTER TABLE kurabe.kpis ALTER COLUMN name DROP NOT NULL; \
             ALTER TABLE kurabe.measures DROP CONSTRAINT measures_stage_words; \
             UPDATE kurabe.kurabe_dataset SET layout = 0",
        )
        .unwrap();
    put(&server, &data).unwrap();
    let restored = "SELECT count(*) FROM kurabe.outcomes WHERE position IS NOT NULL";
    assert_eq!(count(&mut client, restored), ROWS as i64);
    assert_ne!(fingerprint(&mut client, "outcomes"), "");
    let required = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'kurabe.kpis'::regclass \
        AND attname = 'name' AND attnotnull";
    assert_eq!(count(&mut client, required), 1);
    drop(whole);

    client
        .batch_execute(
            "ALTER TABLE kurabe.outcomes ALTER COLUMN metric TYPE varchar(9000); \
             CREATE VIEW public.mine AS SELECT outcome_id FROM kurabe.outcomes; \
             CREATE TABLE kurabe.old_table (a text); \
             INSERT INTO kurabe.kurabe_columns VALUES ('old_table', 'a', 1, 'text', NULL, '', '')",
        )
        .unwrap();
    let error = put(&server, &data).unwrap_err().to_string();
    assert!(
        error.contains("outcomes.metric is character varying"),
        "{error}"
    );
    assert!(error.contains("old_table is no longer there"), "{error}");
    assert!(error.contains("--replace"), "{error}");
    let loaded = replace(&server, &data).unwrap();
    assert_eq!(loaded.dropped, ["public.mine"]);
    let gone = "SELECT count(*) FROM pg_class WHERE relname IN ('old_table', 'mine')";
    assert_eq!(count(&mut client, gone), 0);
    assert_eq!(put(&server, &data).unwrap().changed, Some(0));
}

#[test]
fn tables_of_somebody_else_are_left_alone() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut client = server.client();
    client
        .batch_execute("CREATE SCHEMA kurabe; CREATE TABLE kurabe.measures (a text)")
        .unwrap();
    for result in [put(&server, &dataset(1)), replace(&server, &dataset(1))] {
        let error = result.unwrap_err();
        assert!(matches!(error, DatabaseError::NotOurs { .. }), "{error}");
    }
    assert_eq!(
        count(&mut client, "SELECT count(*) FROM kurabe.measures"),
        0
    );
    let url = server.url();
    let strange = options(&url, "Schema \"of\" 誰か");
    load_postgres(&strange, &load(&dataset(1))).unwrap();
    load_postgres(&strange, &load(&dataset(2))).unwrap();
}

fn refused(url: &str, password: &str) -> DatabaseError {
    let options = Options {
        password: Some(password),
        ..options(url, "kurabe")
    };
    let error = load_postgres(&options, &load(&dataset(1))).unwrap_err();
    let told = format!("{error} {error:?}");
    assert!(!told.contains(password), "{told}");
    error
}

#[test]
fn every_failure_says_what_to_do_and_no_password() {
    let Some(server) = Server::start() else {
        return;
    };
    let url = server.url();
    let error = refused(&url, "wr0ng");
    assert!(matches!(error, DatabaseError::Refused { .. }), "{error}");
    let error = refused(&url.replace("/plans", "/none"), PASSWORD);
    assert!(
        matches!(error, DatabaseError::DatabaseMissing { .. }),
        "{error}"
    );
    let error = refused(&url.replace(&server.port().to_string(), "1"), PASSWORD);
    assert!(
        matches!(error, DatabaseError::Unreachable { .. }),
        "{error}"
    );
    let error = refused(&format!("{url}?sslmode=require"), PASSWORD);
    assert!(matches!(error, DatabaseError::Tls { .. }), "{error}");
    assert!(
        error.to_string().contains("does not support TLS"),
        "{error}"
    );

    let mut client = server.client();
    client
        .batch_execute(&format!("CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'"))
        .unwrap();
    let error = refused(&server.url_of("guest"), PASSWORD);
    assert!(matches!(error, DatabaseError::NotAllowed { .. }), "{error}");
    client
        .batch_execute("CREATE SCHEMA kurabe AUTHORIZATION guest")
        .unwrap();
    load_postgres(
        &options(&server.url_of("guest"), "kurabe"),
        &load(&dataset(1)),
    )
    .unwrap();

    let mut other = client.transaction().unwrap();
    other
        .execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('kurabe kurabe', 0))",
            &[],
        )
        .unwrap();
    let error = refused(&url, PASSWORD);
    assert!(matches!(error, DatabaseError::Busy { .. }), "{error}");
}

#[test]
fn references_that_do_not_hold_are_told_and_left_out() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut data = dataset(1);
    data.kpis[0].measure_id = "gone".to_owned();
    put(&server, &dataset(1)).unwrap();
    let loaded = put(&server, &data).unwrap();
    let [one] = &*loaded.dangling else {
        panic!("{:?}", loaded.dangling);
    };
    assert_eq!((one.table, one.column, one.rows), ("kpis", "measure_id", 1));
    let mut client = server.client();
    let declared = "SELECT count(*) FROM pg_constraint WHERE conname = 'kpis_measure_id_fkey'";
    assert_eq!(count(&mut client, declared), 0);
    put(&server, &dataset(1)).unwrap();
    assert_eq!(count(&mut client, declared), 1);
    let none = Load {
        version: None,
        ..load(&data)
    };
    load_postgres(&options(&server.url(), "kurabe"), &none).unwrap();
}
