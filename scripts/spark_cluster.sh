#!/usr/bin/env bash
# A standalone Spark cluster on this machine: one master, two workers, loopback only.
# 本机上的 Spark 集群：一个主节点、两个工作节点，只监听回环地址。
#
#   scripts/spark_cluster.sh start     start it; prints the line to export
#   scripts/spark_cluster.sh status    who is running
#   scripts/spark_cluster.sh stop      stop what this script started
#
# Environment: PYTHON (default .venv/bin/python), SPARK_CLUSTER_DIR (state and logs, default build/spark_cluster),
# SPARK_PORT (7077), WORKER_CORES (1), WORKER_MEMORY (2g).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-$root/.venv/bin/python}
state=${SPARK_CLUSTER_DIR:-$root/build/spark_cluster}
port=${SPARK_PORT:-7077}
cores=${WORKER_CORES:-1}
memory=${WORKER_MEMORY:-2g}
master="spark://127.0.0.1:$port"
export SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1

spark_class() {
    local home
    home=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))') || {
        echo "没有找到 pyspark，请安装 junheng[spark] | pyspark is absent: install junheng[spark]" >&2
        exit 2
    }
    echo "$home/bin/spark-class"
}

launch() { # name, class, arguments…
    local name=$1
    shift
    nohup "$command" "$@" >"$state/$name.log" 2>&1 &
    echo $! >"$state/$name.pid"
}

alive() { [ -f "$state/$1.pid" ] && kill -0 "$(cat "$state/$1.pid")" 2>/dev/null; }

wait_for() { # name, text in its log
    for _ in $(seq 120); do
        grep -q "$2" "$state/$1.log" 2>/dev/null && return 0
        alive "$1" || break
        sleep 0.5
    done
    echo "$1 没有启动，见 $state/$1.log | $1 did not start, see $state/$1.log" >&2
    stop
    exit 1
}

start() {
    command -v java >/dev/null || {
        echo "没有找到 Java，请安装 Java 17 | Java is absent: install Java 17" >&2
        exit 2
    }
    mkdir -p "$state"
    if alive master; then
        echo "已在运行 | already running: $master"
        return
    fi
    command=$(spark_class)
    launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    wait_for master "I have been elected leader"
    for number in 1 2; do
        launch "worker$number" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 \
            --cores "$cores" --memory "$memory" --work-dir "$state/work$number" "$master"
        wait_for "worker$number" "Successfully registered with master"
    done
    echo "export JUNHENG_SPARK_MASTER=$master"
}

stop() {
    for name in worker1 worker2 master; do
        if alive "$name"; then kill "$(cat "$state/$name.pid")"; fi
        rm -f "$state/$name.pid"
    done
}

status() {
    for name in master worker1 worker2; do
        if alive "$name"; then echo "$name: $(cat "$state/$name.pid")"; else echo "$name: -"; fi
    done
}

case "${1:-}" in
start | stop | status) "$1" ;;
*)
    sed -n '2,10p' "$0" | sed 's/^# \{0,1\}//'
    exit 2
    ;;
esac
