//! What is left out of HTML files, and by which rule.

use crate::{blocks, html, read_html, show};

/// The blocks of a text and the rules that left something out.
fn both(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let page = html(text);
    (show::page(&page), show::skipped(&page))
}

#[test]
fn scripts_and_styles_are_left_out_where_they_stand() {
    let text = "<head><title>題</title><style>p{}</style></head><p>前<script>x</script>後\
                <p>A<script src=a></script><noscript>N</noscript><template><p>T</template>";
    let (blocks, skipped) = both(text);
    assert_eq!(blocks, ["p 前後", "p A"]);
    assert_eq!(skipped, ["title", "script", "script", "script", "script"]);
}

#[test]
fn what_is_not_shown_is_left_out() {
    let text = "<p hidden>A<p style='display : none'>B<p style='color:red;DISPLAY:NONE !important'>C\
                <p style='visibility:hidden'>D<p style='display:block'>E<p>F<span hidden>G</span>H\
                <table><tr hidden><td>I<tr><td>J<span hidden>K</span></table>";
    let (blocks, skipped) = both(text);
    assert_eq!(blocks, ["p E", "p FH", "t J"]);
    assert_eq!(skipped, ["hidden"; 7]);
    assert_eq!(both("<body style='display:none'>A").0, ["p A"]);
}

#[test]
fn navigation_is_left_out_and_counted() {
    let page = "<p>本文";
    for left_out in [
        "<nav>N</nav>",
        "<header><h1>市</h1></header>",
        "<footer>F</footer>",
        "<aside>A</aside>",
        "<div role=navigation>N</div>",
        "<div role='x Banner'>N</div>",
        "<form role=search>N</form>",
        "<search>N</search>",
        "<div class='a breadcrumb'>N</div>",
        "<ul id=pankuzu><li>N</ul>",
        "<div id=global-nav>N</div>",
        "<div class=gNavi>N</div>",
        "<div class=side_bar>N</div>",
        "<div id=footer>N</div>",
    ] {
        let (blocks, skipped) = both(&format!("{left_out}{page}"));
        assert_eq!(blocks, ["p 本文"], "{left_out}");
        assert_eq!(skipped, ["navigation"], "{left_out}");
    }
}

#[test]
fn content_is_not_taken_for_navigation() {
    for kept in [
        "<body class=sidebar>A",
        "<div class=footer><main>A</main></div>",
        "<div id=sidebar><article>A</article></div>",
        "<div class=footnote>A</div>",
        "<p class='table-footer-text'>A",
        "<article><header>A</header></article>",
        "<main><footer>A</footer></main>",
        "<section><aside>A</aside></section>",
        "<nav>A</nav>",
        "<div id=header>A</div>",
    ] {
        assert_eq!(blocks(kept), ["p A"], "{kept}");
    }
    assert_eq!(blocks("<table><tr class=footer><td>計"), ["t 計"]);
    assert_eq!(blocks("<table><tr><td><p class=footer>注"), ["t p:注"]);
}

#[test]
fn parts_of_forms_are_left_out() {
    let text = "<form>氏名<input value=x><select><option>一<option>二</select><button>送る</button></form>";
    assert_eq!(
        both(text),
        (vec!["p 氏名".to_owned()], vec!["form_control"; 2])
    );
}

#[test]
fn what_is_left_out_is_numbered_with_the_rest() {
    let page = html("<p>A<nav>B</nav><p>C<table><tr><td>D<tr><td>E<nav>F</nav></table><p>G");
    assert_eq!(show::page(&page), ["p A", "p C", "t D; E", "p G"]);
    assert_eq!(page.written_lines, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(page.skipped, [(2, "navigation"), (6, "navigation")]);
    let place = |n: u32| page.locate(&kurabe_trace::Locator::line(n)).to_string();
    assert_eq!([place(2), place(6), place(7)], ["¶2", "¶4R2", "¶5"]);
    assert!(
        read_html(b"<p>A<nav> </nav>")
            .unwrap()
            .value
            .skipped
            .is_empty()
    );
}
