/** What the API answers, as far as the islands look at it (see /api/openapi.json). */

export interface Period {
  period: string;
  cooperation: number;
  conflict: number;
  other: number;
  positive: number;
  neutral: number;
  negative: number;
  statements: number;
  articles: number;
}

export interface Span {
  start: number;
  end: number;
  quote: string;
}

export interface Claimant {
  name: string | null;
  role: string | null;
  codes: string[];
}

export interface StoredRecord {
  id: string;
  layer: "statement" | "event" | "relation" | "mechanism";
  article: string;
  date: string | null;
  title: string | null;
  outlet: string | null;
  claimants: Claimant[];
  record: {
    content?: Span[];
    trigger?: Span;
    span?: Span;
    cause?: Span;
    effect?: Span;
    type?: string;
    domain?: string;
    status?: string;
    polarity?: number;
    act?: string;
    speaker?: { name: string | null; role: string | null };
  };
}

export interface Page<T> {
  items: T[];
  total: number;
}

export interface NetworkNode {
  key: string;
  name: string;
  records: number;
}

export interface Tie {
  ties: { domain: string; positive: number; neutral: number; withheld: number; negative: number; contested: boolean }[];
  events: { period: string; events: number; score: number | null }[];
  changes: { changes: { period: string }[] };
}

export interface NetworkEdge {
  a: string;
  b: string;
  records: number;
  events: number;
  relations: number;
  statements: number;
  positive: number;
  negative: number;
  last: string | null;
}

export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  total: number;
  first: string | null;
  last: string | null;
}

export interface MapNode {
  key: string;
  kind: "relation" | "act" | "attribute" | "belief" | "quantity";
  label: string;
  aliases: string[];
}

export interface Claim {
  record: string;
  article: string;
  quote: string;
  sign: 1 | -1;
  claim: "asserts" | "denies" | "concedes";
  modality: string;
  claimants: string[];
  outlet: string | null;
  date: string | null;
}

export interface MapEdge {
  cause: string;
  effect: string;
  sign: 1 | -1;
  support: number;
  against: number;
  denied: number;
  conceded: number;
  contested: boolean;
  modality: string;
  claims: Claim[];
  analyst: boolean;
  note: string;
}

export interface CausalMap {
  nodes: MapNode[];
  edges: MapEdge[];
  view: string;
  total: number;
  claimants: { value: string; count: number }[];
}

export interface Words {
  ar: string;
  en: string;
}

export interface Step {
  cause: string;
  effect: string;
  cause_label: string;
  effect_label: string;
  sign: 1 | -1;
  inclusion: number;
  support: number;
  contested: boolean;
  analyst: boolean;
  claims: Claim[];
}

export interface WhatIf {
  presses: { key: string; label: string; direction: 1 | -1 }[];
  target: string;
  target_label: string;
  verdict: "certain" | "robust" | "leaning" | "ambiguous" | "no-verdict" | "no-path";
  direction: -1 | 0 | 1;
  sentence: Words;
  why: Words;
  assumptions: Words[];
  rises: { low: number; high: number } | null;
  stable: { low: number; high: number } | null;
  settings: { prior: string; damping: string; draws: number; stable: number; rises: number | null }[];
  deciding: { cause: string; effect: string; cause_label: string; effect_label: string; strong: number; weak: number }[];
  paths: { concepts: string[]; labels: string[]; sign: number; thread: boolean; holders: string[]; analyst: boolean; steps: Step[] }[];
  path_count: number;
  steps: Step[];
  denied: Step[];
}
