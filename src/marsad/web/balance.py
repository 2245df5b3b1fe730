"""Structural balance of the ties that meet an address's conditions."""

from __future__ import annotations

import msgspec

from marsad.assembly.balance import Balance, network_balance
from marsad.assembly.network import network
from marsad.store.base import Store
from marsad.stored import Filters

SECONDS = 3.0
"""Less than on the command line: somebody waits, and so may others behind."""


def balance_of(store: Store, filters: Filters) -> Balance:
    """The balance of relation claims: of their actors all, or those of the filters."""
    asked = msgspec.structs.replace(filters, layers=("relation",))
    return network_balance(network(store.stream(asked), actors=filters.actors), seconds=SECONDS)
