"""Runs the nodejs* functions of LocalStack as child processes: its only built-in executor needs Docker.

LAMBDA_RUNTIME_EXECUTOR=node selects it, CEXTFIRE_NODE names the Node binary. One process per execution environment; results come back over a
pipe of their own, so that what a function prints stays a log.
"""

import json
import logging
import os
import queue
import subprocess
import threading
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor
from plux import Plugin

LOG = logging.getLogger("localstack.lambda.node_executor")
WORKER = str(Path(__file__).with_name("worker.mjs"))
START_SECONDS = 30
KEPT_LINES = 1000


class NodeExecutor(RuntimeExecutor):
    process = None

    def start(self, env_vars):
        function = self.function_version.config
        code = str(function.code.get_unzipped_code_location())
        read, write = os.pipe()
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **{key: str(value) for key, value in env_vars.items()}}
        environment |= {"LAMBDA_TASK_ROOT": code, "TZ": "UTC", "CEXTFIRE_RESULT_FD": str(write)}
        memory = max(int(function.memory_size or 128), 64)
        self.lines, self.results = [], queue.Queue()
        self.process = subprocess.Popen(
            [os.environ.get("CEXTFIRE_NODE", "node"), f"--max-old-space-size={memory}", WORKER],
            cwd=code,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(write,),
        )
        os.close(write)
        threading.Thread(target=self._read_logs, daemon=True).start()
        threading.Thread(target=self._read_results, args=(os.fdopen(read, "r", encoding="utf-8"),), daemon=True).start()
        try:
            first = self.results.get(timeout=START_SECONDS)
        except queue.Empty:
            self.stop()
            first = {"kind": "failed", "error": {"errorType": "Runtime.InitTimeout", "errorMessage": f"no answer in {START_SECONDS} s"}}
        if first.get("kind") != "ready":
            raise StatusErrorException("Environment startup failed", payload=json.dumps(first.get("error")).encode())

    def invoke(self, payload):
        request = payload.get("invoke-id")
        seconds = self.function_version.config.timeout or 3
        before = len(self.lines)
        event = json.loads(payload.get("payload") or "null")
        question = {"id": request, "arn": payload.get("invoked-function-arn"), "event": event, "timeout": seconds}
        try:
            self.process.stdin.write((json.dumps(question) + "\n").encode())
            self.process.stdin.flush()
            answer = self.results.get(timeout=seconds)
        except queue.Empty:
            self.process.kill()
            answer = failure("Sandbox.Timedout", f"RequestId: {request} Error: Task timed out after {seconds}.00 seconds")
        except OSError:
            answer = {"kind": "exit"}
        if answer["kind"] == "exit":
            answer = failure("Runtime.ExitError", f"RequestId: {request} Error: Runtime exited")
        good = answer["kind"] == "answer"
        body = json.dumps(answer.get("value") if good else answer.get("error")).encode()
        logs = f"START RequestId: {request} Version: $LATEST\n{''.join(self.lines[before:])}END RequestId: {request}\n"
        return InvocationResult(request, body, is_error=not good, logs=logs)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _read_logs(self):
        for line in self.process.stdout:
            text = line.decode("utf-8", "replace")
            self.lines.append(text)
            LOG.info("[%s] %s", self.function_version.id.function_name, text.rstrip())

    def _read_results(self, pipe):
        with pipe:
            for line in pipe:
                self.results.put(json.loads(line))
        self.results.put({"kind": "exit"})

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self):
        return "".join(self.lines[-KEPT_LINES:])

    @classmethod
    def prepare_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass


def failure(kind, message):
    return {"kind": "failed", "error": {"errorType": kind, "errorMessage": message}}


class NodeExecutorPlugin(Plugin):
    namespace = "localstack.lambda.runtime_executor"
    name = "node"

    def load(self, *args, **kwargs):
        return NodeExecutor
