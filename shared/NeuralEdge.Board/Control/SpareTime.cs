using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>Gives the time that a period has left to the board's idle work, a step at a time.</summary>
    internal sealed class SpareTime
    {
        // A board without spare time does a step of its idle work in one of as many periods, which that one may be late for.
        private const int PatientPeriods = 8;

        private readonly IIdleWork _work;
        private readonly IBoardClock _clock;
        private readonly SliceBudget _budget = new SliceBudget();
        private bool _used;
        private int _waitedPeriods;

        /// <summary>Prepares the time of a board.</summary>
        /// <param name="work">What it is for, null for nothing.</param>
        /// <param name="clock">Time.</param>
        internal SpareTime(IIdleWork work, IBoardClock clock)
        {
            _work = work;
            _clock = clock;
        }

        /// <summary>A period begins.</summary>
        internal void BeginPeriod()
        {
            _budget.Forget();
            _used = false;
        }

        /// <summary>Does a step, if there is something to do and it is expected to end before the next inference is due.</summary>
        /// <param name="model">The model that runs, null when there is none.</param>
        /// <param name="remaining">Microseconds until the next inference.</param>
        /// <param name="period">Microseconds from one inference to the next.</param>
        /// <returns>False when the time was not used.</returns>
        internal bool Use(Model model, long remaining, long period)
        {
            if (_work == null || !_work.HasWork(model) || !_budget.Fits(remaining) || (_work.IsLong && remaining <= period / 2))
            {
                return false;
            }

            Step(model);
            _used = true;
            return true;
        }

        /// <summary>The period is over: a board that never has time to spare still gets its work done; compiled code helps it most.</summary>
        /// <param name="model">The model that runs, null when there is none.</param>
        internal void EndPeriod(Model model)
        {
            _waitedPeriods = _used ? 0 : _waitedPeriods + 1;
            if (_waitedPeriods >= PatientPeriods)
            {
                _waitedPeriods = 0;
                if (_work != null && _work.HasWork(model))
                {
                    Step(model);
                }
            }
        }

        private void Step(Model model)
        {
            long begin = _clock.Microseconds;
            _work.Step(model);
            _budget.Learn(_clock.Microseconds - begin);
        }
    }
}
