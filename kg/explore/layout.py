"""Places for the nodes of a network, found here so that the page opens still: no chance, no scipy.

Forces as in ForceAtlas2 (Jacomy et al. 2014, doi:10.1371/journal.pone.0098679): nodes repel with the product of their
degrees over the distance, edges attract with it, all are drawn to the middle. networkx has this layout too, but took
12.9 s for 1,000 nodes on two cores, and its spring layout asks for scipy from 500 nodes; this takes about 2 s.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_GOLDEN_ANGLE = 2.399963
_CLOSEST, _WIDEST = 105.0, 170.0  # pixels between neighbours: room for a label of a dozen letters, and of twenty
_SCREEN = 600.0  # pixels: what few things spread over
_GAP = 130.0  # pixels between parts
_WIDER = 1.2  # screens and labels are wider than high


def place(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole pixels x, y for each of the nodes 0 … `count`-1, joined by `links`. The same input gives the same places.

    Parts that no link joins stand apart, in rows under the largest.
    """
    pairs = sorted({(min(link), max(link)) for link in links if link[0] != link[1]})
    parts = _parts(count, pairs)
    corners = _shelves([points.max(axis=0) for _, points in parts])
    places = [(0, 0)] * count
    taller = _stretch([points.max(axis=0) + corner for (_, points), corner in zip(parts, corners, strict=True)])
    for (members, points), corner in zip(parts, corners, strict=True):
        for member, (x, y) in zip(members, points + corner, strict=True):
            places[member] = (round(float(x)), round(float(y) * taller))
    return places


def _parts(count: int, pairs: list[tuple[int, int]]) -> list[tuple[list[int], Floats]]:
    """The connected parts, largest first: their nodes and a place for each, from 0, 0 to the right and down."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    groups = sorted((sorted(group) for group in nx.connected_components(graph)), key=lambda group: (-len(group), group))
    home = {member: (number, seat) for number, group in enumerate(groups) for seat, member in enumerate(group)}
    inside: list[list[tuple[int, int]]] = [[] for _ in groups]
    for start, end in pairs:
        inside[home[start][0]].append((home[start][1], home[end][1]))
    spacing = min(max(_SCREEN / math.sqrt(max(count, 1)), _CLOSEST), _WIDEST)
    return [(group, _arrange(len(group), found, spacing)) for group, found in zip(groups, inside, strict=True)]


def _arrange(count: int, links: list[tuple[int, int]], spacing: float) -> Floats:
    """Places for the nodes of one connected part."""
    pairs = np.array(links, dtype=np.intp).reshape(-1, 2)
    mass = (1 + np.bincount(pairs.ravel(), minlength=count)).astype(np.float32)
    points = _settle(_spiral(mass), pairs, mass, rounds=300 if count <= 300 else 100)
    points = _level(points)
    points = _spread(points * _scale(points, spacing), 0.9 * spacing) * np.array([_WIDER, 1], dtype=np.float32)
    corner: Floats = points.min(axis=0)
    return points - corner


def _level(points: Floats) -> Floats:
    """Turned so that the longest side lies across the screen."""
    x, y = (points - points.mean(axis=0)).T
    angle = -0.5 * math.atan2(2 * float((x * y).sum()), float((x * x).sum() - (y * y).sum()))
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack((cos * x - sin * y, sin * x + cos * y), axis=1).astype(np.float32)


def _stretch(ends: list[Floats]) -> float:
    """The factor for all heights that makes the whole fit a screen better, within reason."""
    width, height = (max((float(end[axis]) for end in ends), default=0.0) for axis in (0, 1))
    return min(max(width / max(height, 1.0) / _WIDER, 1.0), 1.6)


def _shelves(sizes: list[Floats]) -> list[Floats]:
    """The upper left corners of boxes of these sizes, set in rows of about one width."""
    area = sum(float((size[0] + _GAP) * (size[1] + _GAP)) for size in sizes)
    width = max([math.sqrt(area) * _WIDER, *(float(size[0]) + _GAP for size in sizes[:1])])
    corners, x, y, height = [], 0.0, 0.0, 0.0
    for size in sizes:
        if x > 0 and x + float(size[0]) > width:
            x, y, height = 0.0, y + height + _GAP, 0.0
        corners.append(np.array([x, y], dtype=np.float32))
        x, height = x + float(size[0]) + _GAP, max(height, float(size[1]))
    return corners


def _spiral(mass: Floats) -> Floats:
    """A sunflower with the best connected in its middle: a start that needs no random numbers."""
    rank = np.empty(len(mass), dtype=np.float32)
    rank[np.argsort(-mass, kind="stable")] = np.arange(len(mass), dtype=np.float32)
    radius, angle = 10 * np.sqrt(rank + 0.5), rank * _GOLDEN_ANGLE
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1).astype(np.float32)


def _settle(points: Floats, pairs: NDArray[np.intp], mass: Floats, rounds: int) -> Floats:
    repulsion = 20 * np.outer(mass, mass)
    size = float(np.abs(points).max()) + 1
    for step in range(rounds):
        force = _pushes(points, repulsion) - 1.2 * mass[:, None] * points / (
            np.linalg.norm(points, axis=1)[:, None] + 1
        )
        if len(pairs):
            pull = points[pairs[:, 1]] - points[pairs[:, 0]]
            np.add.at(force, pairs[:, 0], pull)
            np.add.at(force, pairs[:, 1], -pull)
        length = np.linalg.norm(force, axis=1)[:, None] + 1e-6
        reach = size * 0.3 * (1 - step / rounds) ** 1.5 + 0.1
        points = (points + force / length * np.minimum(length / mass[:, None], reach)).astype(np.float32)
    return points


def _pushes(points: Floats, repulsion: Floats) -> Floats:
    """The sum over all others of repulsion / distance, away from them."""
    x, y = points[:, 0], points[:, 1]
    dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
    weight = repulsion / (dx * dx + dy * dy + 0.01)
    return np.stack(((weight * dx).sum(axis=1), (weight * dy).sum(axis=1)), axis=1)


def _scale(points: Floats, spacing: float) -> float:
    """The factor that brings the middle distance to a nearest neighbour to the spacing, or all of them together to a
    square of the spacing each, whichever is the smaller: few long arms shall not shrink the rest."""
    if len(points) < 2:
        return 1.0
    near = float(np.median(np.sqrt(_squares(points).min(axis=1))))
    width, height = (float(side) for side in points.max(axis=0) - points.min(axis=0))
    area = max(width, 0.3 * height) * max(height, 0.3 * width)
    return min(spacing / max(near, 0.1), 1.25 * spacing * math.sqrt(len(points) / max(area, 0.1)))


def _squares(points: Floats) -> Floats:
    """The squared distances between all points, infinite on the diagonal."""
    gaps = points[:, None, :] - points[None, :, :]
    squares: Floats = (gaps * gaps).sum(axis=2)
    np.fill_diagonal(squares, np.inf)
    return squares


def _spread(points: Floats, least: float) -> Floats:
    """Push apart those that stand closer than `least` pixels."""
    for _ in range(40 if len(points) > 1 else 0):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        distance = np.sqrt(dx * dx + dy * dy) + 1e-3
        push = np.clip(least - distance, 0, None) / distance / 2
        np.fill_diagonal(push, 0)
        if not push.any():
            break
        points = points + np.stack(((push * dx).sum(axis=1), (push * dy).sum(axis=1)), axis=1)
    return points
