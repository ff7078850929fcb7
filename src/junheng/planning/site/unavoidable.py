"""Children for whom no plan has a seat: more of them than all sites within their reach could ever
hold.

Every site is taken at its largest, whatever it costs. The least cut of the flow from children to seats then names
groups of blocks that are short by themselves: anyone can add up their children and the seats within their reach.
"""

import numpy as np

from junheng.planning.frozen import Json
from junheng.planning.site.case import Case, Whole


def largest(case: Case) -> Whole:
    """Seats of every site at its largest, by site and year; 0 where it cannot be open yet."""
    rooms = case.rooms
    year = np.arange(len(case.years))
    steps = np.where(year < rooms.start[:, None], 0, rooms.most[:, None])
    can = rooms.is_existing[:, None] | (year >= rooms.start[:, None])
    sites, years = np.indices(steps.shape)
    found: Whole = np.where(can, case.seats[sites, years, steps], 0)
    return found


def unavoidable(case: Case) -> list[Json]:
    """Groups of blocks by year: children, the most seats within reach, how many must lack one."""
    seats, found = largest(case), []
    for year, name in enumerate(case.years):
        short = cut(case, seats[:, year], case.demand[:, year])
        for blocks in _groups(case, short):
            sites = np.unique(case.site[np.isin(case.block, blocks)])
            children, room = int(case.demand[blocks, year].sum()), int(seats[sites, year].sum())
            if children > room:
                found.append(
                    {
                        "scenario": case.scenario, "year": name,
                        "blocks": [case.blocks[block] for block in blocks],
                        "children": children, "seats": room, "lacking": children - room,
                    }
                )  # fmt: skip
    return found


def cut(case: Case, seats: Whole, demand: Whole) -> Whole:
    """Blocks on the source's side of a least cut between children and seats in one year."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    blocks, sites = len(demand), len(seats)
    source, sink = blocks + sites, blocks + sites + 1
    starts = np.concatenate((np.full(blocks, source), case.block, blocks + np.arange(sites)))
    ends = np.concatenate((np.arange(blocks), blocks + case.site, np.full(sites, sink)))
    room = np.concatenate((demand, demand[case.block], seats)).astype(np.int32)
    graph = csr_array((room, (starts, ends)), shape=(sink + 1, sink + 1))
    left = graph - maximum_flow(graph, source, sink).flow
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    reached = breadth_first_order(left, source, return_predecessors=False)
    found: Whole = np.sort(reached[reached < blocks]).astype(np.int64)
    return found


def _groups(case: Case, blocks: Whole) -> list[Whole]:
    """Blocks that share no site with those of another group are told apart."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not len(blocks):
        return []
    size = len(case.blocks) + len(case.sites)
    used = np.isin(case.block, blocks)
    links = csr_array(
        (np.ones(used.sum()), (case.block[used], len(case.blocks) + case.site[used])), shape=(size, size)
    )
    label = connected_components(links, directed=False)[1][blocks]
    return [blocks[label == group] for group in dict.fromkeys(label.tolist())]
