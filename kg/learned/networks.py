"""The trained readers that a run uses, each in a file of its name (kg/learned/*.npz)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import DataError
from kg.learned.encoder import Encoder, load_encoder, save_encoder
from kg.learned.network import Network, load_network, save_network


@dataclass(frozen=True, slots=True)
class Networks:
    """The trained readers of a run by what they do; None where there is none. `sentences` reads relations beside `relations`."""

    types: Network | None = None
    relations: Network | None = None
    sentences: Encoder | None = None
    moods: Network | None = None
    topics: Network | None = None
    figures: Network | None = None
    times: Network | None = None


def load_networks(folder: Path | None) -> Networks:
    """The readers in a folder. Raises DataError (K240) where one is damaged or two do not fit each other."""
    if folder is None:
        return Networks()
    small = {
        item.name: load_network(folder / f"{item.name}.npz") for item in fields(Networks) if item.name != "sentences"
    }
    path = folder / "sentences.npz"
    sentences, relations = load_encoder(path), small["relations"]
    if (sentences.labels if sentences else None) != (relations.labels if relations else None):
        reason = "and relations.npz read together: one is missing, or they know different relations"
        raise DataError("K240", str(path), f"{reason}. Restore the shipped files.")
    return Networks(sentences=sentences, **small)


def save_networks(networks: Networks, folder: Path) -> None:
    """Write a file for each reader that there is."""
    for item in fields(Networks):
        reader = getattr(networks, item.name)
        path = folder / f"{item.name}.npz"
        if isinstance(reader, Encoder):
            save_encoder(reader, path)
        elif reader is not None:
            save_network(reader, path)
