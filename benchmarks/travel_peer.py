"""networkx on the made-up road graph, in a process of its own.

``python -m benchmarks.travel_peer SIDE NODE…`` prints JSON: CPU seconds per source of single_source_dijkstra_path_length
without a limit (the graph built beforehand), and per source the sum of the metres to all nodes.
"""

import json
import sys
import time

import networkx

from benchmarks.travel_graph import made_roads


def main() -> None:
    """Measure and print."""
    roads = made_roads(int(sys.argv[1]))
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(
        zip(roads.starts.tolist(), roads.ends.tolist(), roads.metres.tolist(), strict=True)
    )
    sums, spent = [], []
    for node in map(int, sys.argv[2:]):
        began = time.process_time()
        found = networkx.single_source_dijkstra_path_length(graph, node)
        spent.append(time.process_time() - began)
        sums.append(sum(found.values()))
    print(json.dumps({"cpu": spent, "sums": sums, "version": networkx.__version__}))


if __name__ == "__main__":
    main()
