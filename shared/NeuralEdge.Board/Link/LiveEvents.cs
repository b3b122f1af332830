using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// Decides when a live event is due and writes it. Events that the line has no time for are counted and left out:
    /// they are about the present.
    /// </summary>
    internal sealed class LiveEvents
    {
        private readonly ILiveValues _values;
        private readonly LinkCounters _counters;
        private int _every; // 0 = off
        private uint _last;
        private uint _dropped;
        private long _untilMs;

        internal LiveEvents(ILiveValues values, LinkCounters counters)
        {
            _values = values;
            _counters = counters;
        }

        /// <summary>Begins a subscription, or ends it.</summary>
        /// <param name="every">Every how many inferences; 0 ends it.</param>
        internal void Subscribe(int every)
        {
            _every = every;
            _last = _values.InferenceCount;
            _dropped = 0;
        }

        /// <summary>Ends the subscription.</summary>
        internal void Stop()
        {
            _every = 0;
        }

        /// <summary>Somebody who may read has spoken: the subscription goes on.</summary>
        internal void KeepAlive(long nowMs)
        {
            _untilMs = nowMs + LinkProtocol.LiveLapseMs;
        }

        /// <summary>Whether to send an event now.</summary>
        /// <param name="nowMs">Milliseconds since the start.</param>
        /// <param name="lineIsFree">False while another frame is being sent.</param>
        internal bool IsDue(long nowMs, bool lineIsFree)
        {
            if (_every == 0)
            {
                return false;
            }

            if (nowMs > _untilMs)
            {
                // Nobody has spoken for long: the line may be a console by now.
                _every = 0;
                return false;
            }

            uint due = (_values.InferenceCount - _last) / (uint)_every;
            if (due == 0)
            {
                return false;
            }

            _last += due * (uint)_every;
            uint dropped = lineIsFree ? due - 1 : due;
            _dropped += dropped;
            _counters.LiveDropped += dropped;
            return lineIsFree;
        }

        /// <summary>Writes an event.</summary>
        /// <returns>Bytes of data.</returns>
        internal int Write(byte[] data, uint nowMs)
        {
            int at = LinkProtocol.HeaderLength;
            int inputs = _values.InputCount;
            int outputs = _values.OutputCount;
            LittleEndian.WriteUInt32(data, at, _dropped);
            LittleEndian.WriteUInt32(data, at + 4, _values.InferenceCount);
            LittleEndian.WriteUInt32(data, at + 8, nowMs);
            LittleEndian.WriteUInt32(data, at + 12, _values.ModelDigest);
            LittleEndian.WriteUInt16(data, at + 16, inputs);
            LittleEndian.WriteUInt16(data, at + 18, outputs);
            int sentInputs = inputs < LinkProtocol.MaxLiveInputs ? inputs : LinkProtocol.MaxLiveInputs;
            int sentOutputs = outputs < LinkProtocol.MaxLiveOutputs ? outputs : LinkProtocol.MaxLiveOutputs;
            int to = at + 20;
            for (int i = 0; i < sentInputs; i++)
            {
                LittleEndian.WriteInt32(data, to, _values.GetInput(i));
                to += 4;
            }

            for (int i = 0; i < sentOutputs; i++)
            {
                LittleEndian.WriteInt32(data, to, _values.GetOutput(i));
                to += 4;
            }

            for (int i = 0; i < sentOutputs; i++)
            {
                data[to++] = (byte)_values.GetPin(i);
            }

            data[to++] = (byte)((_values.IsSaturated ? LinkProtocol.Saturated : 0) | (_values.IsUnfamiliar ? LinkProtocol.Unfamiliar : 0));
            return to - at;
        }
    }
}
