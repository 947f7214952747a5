//! The strict verdict: what the XML schema of the alert's version finds.

use super::{
    Version,
    datatype::{SPACE, built_in_name, fault},
    schema::{self, Kind, Part},
    tree::{Node, Ns, Tree, XSI_TYPE},
};

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The element, such as `alert/info[2]/expires`; elements that stand alone under their name have no number.
    pub path: String,
    /// What is wrong, in a few words.
    pub problem: String,
}

/// So many problems of an alert are listed.
const MOST_PROBLEMS: usize = 100;

/// What the schema of `version` finds; that of CAP 1.2 where the version is not known.
pub(super) fn verdict(tree: &Tree, version: Option<Version>) -> Vec<Problem> {
    let mut judge =
        Judge { tree, ns: tree.root().ns, allows_signature: false, problems: Vec::new(), has_more: false };
    if version.is_none() {
        judge.problem("alert", || {
            "the namespace is not one of CAP: urn:oasis:names:tc:emergency:cap:1.2".to_owned()
        });
    }
    let version = version.unwrap_or(Version::V1_2);
    judge.allows_signature = version == Version::V1_2;
    judge.element(tree.root(), Kind::Elements(schema::alert(version)), "alert");
    if judge.has_more {
        judge.problems.push(Problem {
            path: "alert".to_owned(),
            problem: "further problems are not listed".to_owned(),
        });
    }
    judge.problems
}

struct Judge<'t, 'a> {
    tree: &'t Tree<'a>,
    ns: Ns,
    allows_signature: bool,
    problems: Vec<Problem>,
    has_more: bool,
}

impl<'a> Judge<'_, 'a> {
    fn problem(&mut self, path: &str, problem: impl FnOnce() -> String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { path: path.to_owned(), problem: problem() });
        } else {
            self.has_more = true;
        }
    }

    fn element(&mut self, node: &Node<'a>, kind: Kind, path: &str) {
        for attribute in &node.attributes {
            // `xsi:type="xs:string"` says what is so anyway.
            if attribute.strip_prefix(XSI_TYPE).is_some_and(|stated| Some(stated) == built_in_name(kind)) {
                continue;
            }
            self.problem(path, || format!("the attribute {attribute} is not allowed"));
        }
        if let Kind::Elements(parts) = kind {
            if node.has_cdata || !node.text.trim_matches(SPACE).is_empty() {
                self.problem(path, || "text stands between the elements".to_owned());
            }
            self.sequence(node, parts, path);
        } else {
            if let Some(child) = self.tree.children(node).next() {
                let name = child.name.clone();
                self.problem(path, || format!("holds an element <{name}>, but may only hold text"));
            }
            if let Some(fault) = fault(kind, &node.text) {
                self.problem(path, || fault);
            }
        }
    }

    fn sequence(&mut self, node: &Node<'a>, parts: &'static [Part], path: &str) {
        let tree = self.tree;
        let mut counts = vec![0_usize; parts.len()];
        let mut totals = vec![0_usize; parts.len()];
        let place =
            |child: &Node| parts.iter().position(|part| child.ns == self.ns && part.name == child.name);
        let places: Vec<Option<usize>> = tree.children(node).map(place).collect();
        for place in places.iter().flatten() {
            if let Some(total) = totals.get_mut(*place) {
                *total += 1;
            }
        }
        let is_alert = path == "alert";
        let mut furthest = 0;
        for (child, place) in tree.children(node).zip(places) {
            let Some((place, part)) = place.and_then(|place| Some((place, parts.get(place)?))) else {
                if is_alert && child.ns == Ns::Xmldsig && self.allows_signature {
                    furthest = parts.len();
                } else {
                    self.unknown(child, path);
                }
                continue;
            };
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
            let count = counts.get(place).copied().unwrap_or_default();
            let total = totals.get(place).copied().unwrap_or_default();
            if self.problems.len() >= MOST_PROBLEMS {
                self.has_more = true;
                return;
            }
            let path = if total > 1 {
                format!("{path}/{}[{count}]", part.name)
            } else {
                format!("{path}/{}", part.name)
            };
            if place < furthest {
                let before = parts.get(furthest).map_or("Signature", |part| part.name);
                self.problem(&path, || format!("out of order: it comes before <{before}>"));
            } else if count > 1 && !part.is_repeated {
                self.problem(&path, || "appears more than once".to_owned());
            }
            furthest = furthest.max(place);
            self.element(child, part.kind, &path);
        }
        for (part, total) in parts.iter().zip(totals) {
            if part.is_required && total == 0 {
                self.problem(&format!("{path}/{}", part.name), || "required, but missing".to_owned());
            }
        }
    }

    fn unknown(&mut self, child: &Node<'a>, path: &str) {
        let name = &child.name;
        let why = match child.ns {
            ns if ns == self.ns => "is no element of this version of CAP here",
            Ns::None => "has no namespace, or a prefix that is not declared",
            Ns::Xmldsig => "has no place in this version of CAP",
            Ns::Cap(_) => "is of another version of CAP",
            Ns::Other => "is of another namespace",
        };
        self.problem(&format!("{path}/{name}"), || format!("<{name}> {why}"));
    }
}
