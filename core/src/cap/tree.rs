//! One alert element as a bounded tree, and the walk over a document that finds such elements.

use std::borrow::Cow;

use quick_xml::{
    NsReader,
    events::{BytesRef, BytesStart, Event},
    name::{Namespace, QName, ResolveResult},
};

use super::{
    Version,
    datatype::SPACE,
    decode::is_xml_char,
    parse::{Container, Limits, ParseError},
    schema,
};

const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// What stands before the name of a built-in type in a list of attributes.
pub(super) const XSI_TYPE: &str = "xsi:type=";
/// Attributes of one element that are kept, to be named in the verdict.
const MOST_NAMED_ATTRIBUTES: usize = 3;
/// Of wrong notation, this many places are named.
const MOST_PROBLEMS: usize = 50;

/// Of what namespace an element is, as far as CAP cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    Cap(Version),
    Xmldsig,
    /// No namespace, or a prefix that is not declared.
    None,
    Other,
}

/// An element. Its name is the local one.
pub(super) struct Node<'a> {
    pub(super) ns: Ns,
    pub(super) name: Cow<'static, str>,
    /// Names of attributes other than namespace declarations and schema hints; `xsi:type` with its value.
    pub(super) attributes: Vec<String>,
    pub(super) text: Cow<'a, str>,
    /// Text in a CDATA section, which is never mere layout.
    pub(super) has_cdata: bool,
    pub(super) children: Vec<usize>,
    /// Length of a text that is too bulky to be kept (`derefUri`).
    pub(super) left_out_chars: usize,
}

/// An alert element. Node 0 is the alert itself.
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    pub(super) has_signature: bool,
}

impl<'a> Tree<'a> {
    pub(super) fn root(&self) -> &Node<'a> {
        self.nodes.first().expect("a tree is made with its root")
    }

    pub(super) fn children(&self, node: &Node<'a>) -> impl Iterator<Item = &Node<'a>> {
        node.children.iter().filter_map(|i| self.nodes.get(*i))
    }
}

/// Walks the document and gives each alert element, as soon as it is read, to `found`.
/// Notation that is wrong but readable goes to `problems`.
pub(super) fn walk<'a>(
    text: &'a str,
    limits: &Limits,
    problems: &mut Vec<String>,
    found: impl FnMut(Tree<'a>) -> Result<(), ParseError>,
) -> Result<Container, ParseError> {
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_end_names = true;
    let mut walk = Walk {
        limits,
        problems,
        found,
        root: None,
        depth: 0,
        elements: 0,
        open: Vec::new(),
        tree: None,
        skipped: 0,
        any: false,
    };
    loop {
        let at = position(reader.buffer_position());
        let line = || line_of(text, at);
        let (resolved, event) = match reader.read_resolved_event() {
            Ok(read) => read,
            Err(error) => {
                let line = line_of(text, position(reader.error_position()));
                return Err(ParseError::NotXml { line, problem: in_one_line(&error.to_string()) });
            }
        };
        match event {
            Event::Start(start) => {
                let ns = Ns::of(&resolved);
                walk.start(ns, &start, reader.resolver(), &line)?;
            }
            Event::Empty(start) => {
                let ns = Ns::of(&resolved);
                walk.start(ns, &start, reader.resolver(), &line)?;
                walk.end()?;
            }
            Event::End(_) => walk.end()?,
            Event::Text(run) => {
                let run = run.into_inner();
                if run.contains('&') {
                    walk.problem(&line, "an & stands alone: it is written &amp;");
                }
                if run.contains("]]>") {
                    walk.problem(&line, "]]> stands in text: it is written ]]&gt;");
                }
                walk.text(run, false, &line);
            }
            Event::CData(run) => walk.text(run.into_inner(), true, &line),
            Event::GeneralRef(reference) => walk.reference(&reference, &line),
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(ParseError::Doctype { line: line() });
            }
            Event::Comment(comment) if comment.contains("--") || comment.ends_with('-') => {
                walk.problem(&line, "-- stands in a comment");
            }
            Event::Decl(_) if at > 0 => walk.problem(&line, "the XML declaration is not at the very start"),
            Event::Decl(declaration) if !is_declaration(&declaration) => {
                walk.problem(
                    &line,
                    "the XML declaration is not like <?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                );
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    walk.finish(text)
}

/// Version 1.x, then an encoding and standalone if they are there (XML 1.0 §2.8).
fn is_declaration(declaration: &str) -> bool {
    let mut names = vec!["standalone", "encoding", "version"];
    let mut rest = declaration.trim_start_matches("xml");
    while !rest.trim_matches(SPACE).is_empty() {
        let Some((name, after)) = rest.split_once('=') else { return false };
        let after = after.trim_start_matches(SPACE);
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
        let Some((value, after)) = after.trim_start_matches(quote).split_once(quote) else { return false };
        let name_fits = loop {
            match names.pop() {
                Some(next) if next == name.trim_matches(SPACE) => break true,
                Some("version") | None => break false,
                Some(_) => {}
            }
        };
        let value_fits = match name.trim_matches(SPACE) {
            "version" => value.starts_with("1."),
            "standalone" => matches!(value, "yes" | "no"),
            _ => true,
        };
        if !name_fits || !value_fits || !rest.starts_with(SPACE) {
            return false;
        }
        rest = after;
    }
    !names.contains(&"version")
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
}

impl Ns {
    fn of(resolved: &ResolveResult) -> Self {
        match resolved {
            ResolveResult::Bound(Namespace(XMLDSIG)) => Self::Xmldsig,
            ResolveResult::Bound(Namespace(name)) => {
                Version::of_namespace(name).map_or(Self::Other, Self::Cap)
            }
            ResolveResult::Unbound | ResolveResult::Unknown(_) => Self::None,
        }
    }
}

struct Walk<'a, 'l, F> {
    limits: &'l Limits,
    problems: &'l mut Vec<String>,
    found: F,
    root: Option<(Container, String)>,
    depth: usize,
    elements: usize,
    /// Open nodes of the tree at hand.
    open: Vec<usize>,
    tree: Option<Tree<'a>>,
    /// Open elements inside a signature, which are not kept.
    skipped: usize,
    /// Whether any alert was found.
    any: bool,
}

impl<'a, F: FnMut(Tree<'a>) -> Result<(), ParseError>> Walk<'a, '_, F> {
    fn problem(&mut self, line: &impl Fn() -> usize, problem: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(format!("line {}: {problem}", line()));
        }
    }

    fn start(
        &mut self,
        ns: Ns,
        start: &BytesStart,
        resolver: &quick_xml::name::NamespaceResolver,
        line: &impl Fn() -> usize,
    ) -> Result<(), ParseError> {
        let too_large = |what, found, most| Err(ParseError::TooLarge { what, found, most });
        self.depth += 1;
        self.elements += 1;
        if self.depth > self.limits.depth {
            return too_large("levels of elements", self.depth, self.limits.depth);
        }
        if self.elements > self.limits.elements {
            return too_large("elements", self.elements, self.limits.elements);
        }
        let name = start.local_name();
        let name = name.as_ref();
        if self.root.is_none() {
            self.root = Some((Container::of_root(name), name.chars().take(40).collect()));
        } else if self.depth == 1 {
            self.problem(line, "a second root element: an XML document has one");
        }
        let attributes = self.attributes(start, resolver, line)?;
        if self.tree.is_none() && name != "alert" {
            return Ok(());
        }
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let tree = self.tree.get_or_insert_with(|| Tree { nodes: Vec::new(), has_signature: false });
        let index = tree.nodes.len();
        if let Some(parent) = self.open.last().and_then(|i| tree.nodes.get_mut(*i)) {
            parent.children.push(index);
        }
        tree.nodes.push(Node {
            ns,
            name: schema::known_name(name)
                .map_or_else(|| Cow::Owned(name.chars().take(40).collect()), Cow::Borrowed),
            attributes,
            text: Cow::Borrowed(""),
            has_cdata: false,
            children: Vec::new(),
            left_out_chars: 0,
        });
        self.open.push(index);
        if ns == Ns::Xmldsig {
            tree.has_signature = true;
            self.skipped = 1;
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        start: &BytesStart,
        resolver: &quick_xml::name::NamespaceResolver,
        line: &impl Fn() -> usize,
    ) -> Result<Vec<String>, ParseError> {
        let mut names = Vec::new();
        for (i, attribute) in start.attributes().enumerate() {
            if i >= self.limits.attributes {
                let found = i + 1;
                return Err(ParseError::TooLarge {
                    what: "attributes on one element",
                    found,
                    most: self.limits.attributes,
                });
            }
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    self.problem(line, &format!("attribute of <{}>: {error}", cut(start.name().0)));
                    continue;
                }
            };
            if attribute.value.contains('<') {
                self.problem(line, "< stands in an attribute: it is written &lt;");
            }
            let key = attribute.key;
            if key.as_namespace_binding().is_some() || names.len() >= MOST_NAMED_ATTRIBUTES {
                continue;
            }
            let (resolved, local) = resolver.resolve_attribute(key);
            match local.as_ref() {
                "schemaLocation" | "noNamespaceSchemaLocation"
                    if resolved == ResolveResult::Bound(Namespace(XSI)) => {}
                "type" if resolved == ResolveResult::Bound(Namespace(XSI)) => {
                    let (of_value, named) = resolver.resolve(QName(attribute.value.trim()), true);
                    let is_built_in = of_value == ResolveResult::Bound(Namespace(XML_SCHEMA));
                    names.push(format!("{XSI_TYPE}{}", if is_built_in { named.as_ref() } else { "" }));
                }
                _ => names.push(cut(key.0)),
            }
        }
        Ok(names)
    }

    fn end(&mut self) -> Result<(), ParseError> {
        self.depth = self.depth.saturating_sub(1);
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped > 0 {
                return Ok(());
            }
        }
        if self.open.pop().is_some()
            && self.open.is_empty()
            && let Some(tree) = self.tree.take()
        {
            self.any = true;
            (self.found)(tree)?;
        }
        Ok(())
    }

    fn text(&mut self, run: Cow<'a, str>, is_cdata: bool, line: &impl Fn() -> usize) {
        if self.depth == 0 && !run.trim_matches(SPACE).is_empty() {
            self.problem(line, "text outside the root element");
        }
        let node = match (&mut self.tree, self.open.last()) {
            (Some(tree), Some(i)) if self.skipped == 0 => tree.nodes.get_mut(*i),
            _ => None,
        };
        let Some(node) = node else { return };
        node.has_cdata |= is_cdata;
        if node.name == "derefUri" {
            node.left_out_chars += run.chars().count();
        } else if node.text.is_empty() {
            node.text = run;
        } else if node.children.is_empty() || !run.trim().is_empty() {
            node.text.to_mut().push_str(&run);
        }
    }

    /// The five names of XML and characters by number are read; any other entity stays as it is written.
    fn reference(&mut self, reference: &BytesRef, line: &impl Fn() -> usize) {
        let name: &str = reference;
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten().filter(|c| is_xml_char(*c)),
        };
        let text = if let Some(character) = character {
            character.to_string()
        } else {
            self.problem(line, &format!("the entity &{}; is not resolved", cut(name)));
            format!("&{name};")
        };
        self.text(Cow::Owned(text), false, line);
    }

    fn finish(self, text: &str) -> Result<Container, ParseError> {
        let Some((container, name)) = self.root else {
            let problem =
                if text.trim().is_empty() { "the file is empty" } else { "there is no XML element in it" };
            return Err(ParseError::NotXml { line: 1, problem: problem.to_owned() });
        };
        if self.depth > 0 {
            return Err(ParseError::CutShort { line: line_of(text, text.len()), open: self.depth });
        }
        if container == Container::Other && !self.any {
            return Err(ParseError::NoAlert { root: name });
        }
        Ok(container)
    }
}

fn cut(name: &str) -> String {
    name.chars().take(40).collect()
}

/// What the parser says quotes the document: kept to one line and a bounded length.
fn in_one_line(problem: &str) -> String {
    problem.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(200).collect()
}
