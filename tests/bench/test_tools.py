"""The tools of the benchmark themselves: what they send is accepted, and their sums are right."""

import os
import time

import pytest

from elearn.coursepack.folder import read_course
from tests.bench.acts import PAGE
from tests.bench.course import FILES, SLUG, write_course
from tests.bench.load import Times
from tests.bench.measuring import Count, Line, Sample
from tests.bench.paper import Paper
from tests.bench.server import Server
from tests.bench.sessions import Session
from tests.bench.table import at_most, bars_table, rows
from tests.rooms.quizzes_pages import answers, begin, join


def test_what_a_simulated_learner_sends_is_saved_for_every_kind_of_question(sqlite_app):
    client = join(sqlite_app, "siti")
    address = begin(client)
    paper = Paper(address, client.get(address).text, Session("", ""))
    for question in paper.questions:
        for request in (paper.saved(question), paper.saved(question)):
            assert client.post(request.path, data=request.form).status_code == request.expected
    assert len(answers()) == len(paper.questions) == 7
    assert None not in answers().values()


def test_the_course_that_is_checked_has_a_hundred_files_and_no_fault(tmp_path):
    write_course(tmp_path / SLUG)
    assert sum(path.is_file() for path in (tmp_path / SLUG).rglob("*")) == FILES
    course, problems = read_course(tmp_path / SLUG)
    assert course is not None
    assert problems == ()


def sample(cpu_ms: float, *seconds: float) -> Sample:
    times = Times(list(seconds), sum(seconds))
    return Sample(cpu_ms, times, times)


def test_a_round_in_which_the_machine_was_slow_changes_nothing():
    """Both were slow then; what counts is the middle of the ratios, and not that of the sums."""
    pairs = [(4.0, 2.0), (40.0, 20.0), (4.2, 2.0)]
    own = [sample(cpu, cpu / 1000) for cpu, _ in pairs]
    beside = [sample(cpu, cpu / 1000) for _, cpu in pairs]
    line = Line("lesson", Count(2, 0, 4700), own, {PAGE: beside})
    assert line.cpu_ms == pytest.approx(4.2)
    assert line.cpu_ratio(PAGE) == pytest.approx(2.0)
    assert line.slower(PAGE, 95, 8) == pytest.approx(2.0)
    assert line.rate_share(PAGE, 1) == pytest.approx(50)


def test_processor_time_of_another_process_is_read_while_it_works():
    """This process stands for the server."""
    server = Server(os.getpid(), 0, 0.0)
    before, ours = server.cpu_seconds(), time.process_time()
    sum(number * number for number in range(300_000))
    spent, known = server.cpu_seconds() - before, time.process_time() - ours
    assert known <= spent + 0.001
    assert spent < 10 * known


def test_a_missed_promise_is_told_from_one_that_is_met():
    table = bars_table([at_most("start", 1.4, 1.5, " s"), at_most("memory", 200, 150, " MB")])
    assert table == rows(
        ("promise", "measured", "bar", "verdict"),
        ("start", "1.4 s", "<= 1.5 s", "met"),
        ("memory", "200 MB", "<= 150 MB", "**missed**"),
    )
