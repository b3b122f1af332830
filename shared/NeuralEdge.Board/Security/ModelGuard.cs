using System;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Security
{
    /// <summary>Tells models that the owner of a keyed board has signed from others, and newer ones from older ones.</summary>
    public sealed class ModelGuard
    {
        private readonly BoardKeys _keys;
        private readonly byte[] _signature = new byte[KeyedMessages.TagLength];
        private bool _isExpected;
        private uint _number; // as signed
        private int _flags;
        private uint _testNumber;

        internal ModelGuard(BoardKeys keys)
        {
            _keys = keys;
        }

        /// <summary>Takes what COMMIT says about the model that it is for.</summary>
        /// <param name="data">Where COMMIT's data is.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Bytes of it: none on an open board.</param>
        /// <returns>Ok, BadRequest or OldModel.</returns>
        internal RequestStatus Expect(byte[] data, int at, int length)
        {
            _isExpected = false;
            if (!_keys.IsKeyed)
            {
                return length == 0 ? RequestStatus.Ok : RequestStatus.BadRequest;
            }

            if (length != KeyedMessages.CommitLength || data[at + 4] > KeyedMessages.OwnNumber)
            {
                return RequestStatus.BadRequest;
            }

            _number = LittleEndian.ReadUInt32(data, at);
            _flags = data[at + 4];
            if (_flags == KeyedMessages.OwnNumber && _number != 0)
            {
                return RequestStatus.BadRequest;
            }

            if (_flags == 0 && _number < _keys.SecurityNumber)
            {
                return RequestStatus.OldModel;
            }

            Array.Copy(data, at + 5, _signature, 0, _signature.Length);
            _isExpected = true;
            return RequestStatus.Ok;
        }

        /// <summary>Whether a model may be looked at, and run in test if it is good.</summary>
        /// <param name="file">Its file, and nothing behind it.</param>
        /// <returns>True on an open board, and if it is the one that COMMIT was signed for.</returns>
        internal bool Accepts(byte[] file)
        {
            _testNumber = 0;
            if (!_keys.IsKeyed)
            {
                return true;
            }

            if (!_isExpected)
            {
                return false;
            }

            _isExpected = false;
            byte[] code = _keys.Compute(_keys.Key, KeyedMessages.OfModel(_number, _flags, file.Length, _keys.Compute(_keys.Key, file)));
            bool isSigned = ConstantTime.AreEqual(code, 0, _signature, 0, KeyedMessages.TagLength);

            // With the board's own number there is none to raise it to.
            _testNumber = isSigned ? _number : 0;
            return isSigned;
        }

        /// <summary>
        /// The model in test is about to be confirmed: from now on older ones are refused. Before the confirmation, so that a power
        /// cut between the two lets no old one in.
        /// </summary>
        /// <returns>Ok, StorageFailed or StorageUnknown.</returns>
        internal RequestStatus Confirm()
        {
            return _keys.IsKeyed ? _keys.RaiseNumber(_testNumber) : RequestStatus.Ok;
        }
    }
}
