using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// The whole board: puts the parts together, and divides each period between the inference, the link, whose slices are begun
    /// only while they are expected to end in time, and idle work.
    /// </summary>
    public sealed class TeachableBoard : IInfoSource
    {
        private const int FlushMs = 50;

        // A sleep of less than a tick of 10 ms does not block on the board, one of a tick ends with the next or the one after.
        private const int SleepMs = 10;
        private const int LongestSleepMicroseconds = 30000;
        private const int LinkShareMicroseconds = 20000;
        private const int LinkSharePart = 4;

        private readonly BoardParts _parts;
        private readonly BoardSettings _settings;
        private readonly ControlLoop _loop;
        private readonly BoardSecurity _security;
        private readonly BoardRecords _records;
        private readonly ModelUpdates _updates;
        private readonly ModelQuestion _question;
        private readonly LinkServer _server;
        private readonly SpareTime _spareTime;
        private readonly SliceBudget _budget = new SliceBudget();
        private readonly SliceBudget _flashBudget = new SliceBudget();
        private long _linkTime;

        /// <summary>Puts a board together; nothing is read or written yet.</summary>
        /// <param name="parts">The hardware; its outputs are already safe.</param>
        /// <param name="settings">How the board behaves.</param>
        /// <param name="factoryModel">Model file for a board that has no other.</param>
        public TeachableBoard(BoardParts parts, BoardSettings settings, byte[] factoryModel)
        {
            _parts = parts;
            _settings = settings;
            settings.Limits.Sensors = parts.Sensors == null ? 0 : parts.Sensors.Count;
            _loop = new ControlLoop(parts, settings);
            _security = new BoardSecurity(parts.Files, parts.Authentication);
            _records = new BoardRecords(parts, settings, _loop);
            _updates = new ModelUpdates(_loop, parts, settings, factoryModel, _security.Models);
            _question = new ModelQuestion(_loop);
            _spareTime = new SpareTime(parts.IdleWork, parts.Clock);
            _server = new LinkServer(parts.Link, _updates, new LoopValues(_loop), _question, this, _security, new ChannelCounts(parts, settings), _records);
        }

        /// <summary>The loop, for its state, its values and its times.</summary>
        public ControlLoop Loop
        {
            get { return _loop; }
        }

        /// <summary>What uploads, confirms and takes back models: the link asks it, and so may a firmware that has a button for it.</summary>
        public IModelUpdates Updates
        {
            get { return _updates; }
        }

        /// <summary>What answers questions: those of the link, and those of a firmware that has some of its own.</summary>
        public IQuestions Questions
        {
            get { return _question; }
        }

        /// <summary>Reads the keys and what the board keeps of itself, and loads the confirmed model, or the factory model when there is none.</summary>
        public void Start()
        {
            _security.Start();
            _records.Start();
            _updates.Start();
        }

        /// <summary>Runs for ever. Whatever happens inside ends in safe outputs, a pause and another try, at last a reset.</summary>
        public void Run()
        {
            for (;;)
            {
                try
                {
                    RunOnce();
                }
                catch (Exception e)
                {
                    _loop.Fail(FaultCode.Link, "serving the link", e);
                }
            }
        }

        /// <summary>Serves the link until the next inference is due, then does that inference.</summary>
        public void RunOnce()
        {
            Serve();
            if (_loop.RunPeriod() && _parts.IdleWork != null)
            {
                _parts.IdleWork.PeriodEnded(_loop.Model);
            }
        }

        /// <summary>Restarts the board because somebody wants it, with its outputs safe.</summary>
        public void Restart()
        {
            try
            {
                _parts.Outputs.Latch();
                if (_parts.IdleWork != null)
                {
                    _parts.IdleWork.Resetting();
                }

                if (_parts.Starts != null)
                {
                    _parts.Starts.Announce(true);
                }

                // What has been written to the port still has to leave.
                _parts.Clock.Sleep(FlushMs);
            }
            finally
            {
                // Whatever a pin did: latched and running on, nobody would ever switch it off.
                _parts.Reset.Reset();
            }
        }

        /// <inheritdoc/>
        public void Report(BoardInfo info)
        {
            info.VersionMajor = _settings.VersionMajor;
            info.VersionMinor = _settings.VersionMinor;
            info.VersionPatch = _settings.VersionPatch;
            _records.Report(info);
            info.Chip = _settings.Chip;
            info.Misfit = (byte)_settings.Misfit;
            info.MisfitAt = (byte)_settings.MisfitAt;
            info.Target = _settings.Target;
            if (_settings.Runtime != null)
            {
                info.RuntimeMajor = _settings.Runtime.Major;
                info.RuntimeMinor = _settings.Runtime.Minor;
                info.RuntimeBuild = _settings.Runtime.Build;
                info.RuntimeRevision = _settings.Runtime.Revision;
            }

            if (_parts.Memory != null)
            {
                info.FreeBytes = _parts.Memory.MeasureFree();
            }

            if (_parts.Starts != null)
            {
                info.Starts = _parts.Starts.Starts;
                info.AskedStarts = _parts.Starts.AskedStarts;
                info.OwnStarts = _parts.Starts.OwnStarts;
                info.ErrorStart = _parts.Starts.ErrorStart;
                info.Error = _parts.Starts.Error;
            }

            info.UptimeMs = (uint)(_parts.Clock.Microseconds / 1000);
            info.LinkMicros = (int)_linkTime;
            info.SecurityMode = (byte)_security.Keys.Mode;
            info.SecurityNumber = _security.Keys.SecurityNumber;
            _updates.Report(info);
            _loop.Report(info);
            info.FaultCount = _loop.Faults.Count;
            if (_parts.IdleWork != null)
            {
                _parts.IdleWork.Report(info, _loop.Model);
            }
        }

        /// <summary>
        /// Serves the link until an inference is due. The time right after an inference is the link's: however slow the
        /// model or the flash, a board must stay reachable to be given another one. Later in the period a slice is begun,
        /// or a change to flash made, only if it is expected to end in time. Time that is left is the idle work's.
        /// </summary>
        private void Serve()
        {
            _budget.Forget();
            _flashBudget.Forget();
            _spareTime.BeginPeriod();
            long remaining = _loop.Remaining();
            long share = remaining > 0 ? _loop.Period / LinkSharePart : LinkShareMicroseconds;
            if (share > LinkShareMicroseconds)
            {
                share = LinkShareMicroseconds;
            }

            long spent = 0;
            bool served = false;
            bool busy = true;
            do
            {
                // The loop is alive here, however long the period is.
                _parts.Supervisor.Beat();
                _loop.Watch();
                _question.LetGo();
                _updates.EndTestInTime();
                bool more = false;
                if (!served || busy || _budget.Fits(remaining))
                {
                    long begin = _parts.Clock.Microseconds;
                    more = _server.Step(begin / 1000, served ? _flashBudget.Count(remaining) : int.MaxValue);
                    long cost = _parts.Clock.Microseconds - begin;
                    spent += cost;
                    served = true;
                    Learn(cost, more);
                    if (_server.ResetIsDue)
                    {
                        Restart();
                    }
                }

                busy &= spent < share && (more || _server.IsSending);
                remaining = _loop.Remaining();
                if (!more && remaining > 0)
                {
                    if (!_spareTime.Use(_loop.Model, remaining, _loop.Period))
                    {
                        // Near the end, or while somebody speaks, only the turn is passed on.
                        long now = _parts.Clock.Microseconds;
                        bool isSoon = remaining <= LongestSleepMicroseconds || _server.IsBusy(now / 1000)
                            || _server.CountsAreDue((now + LongestSleepMicroseconds) / 1000);
                        _parts.Clock.Sleep(isSoon ? 0 : SleepMs);
                    }

                    remaining = _loop.Remaining();
                }
            }
            while (remaining > 0 || busy);
            _linkTime = spent;
            _spareTime.EndPeriod(_loop.Model);
        }

        /// <summary>What a slice of the link has cost tells what the next one will.</summary>
        private void Learn(long cost, bool more)
        {
            if (_server.FlashWrites > 0)
            {
                _flashBudget.Learn(cost / _server.FlashWrites);
            }
            else if (more)
            {
                _budget.Learn(cost);
            }
        }
    }
}
