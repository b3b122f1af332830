using System;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Security
{
    /// <summary>
    /// The messages that codes are computed of, byte for byte as PROTOCOL.md has them in section 9; for both sides of the link.
    /// Each begins with a label of its own, so that the code of one kind of message is never that of another.
    /// </summary>
    public static class KeyedMessages
    {
        /// <summary>Bytes of a key.</summary>
        public const int KeyLength = 32;

        /// <summary>Bytes of a code: a tag or a signature.</summary>
        public const int TagLength = 32;

        /// <summary>Bytes of a nonce.</summary>
        public const int NonceLength = 16;

        /// <summary>Bytes of the random number that comes with new keys, so that nonces differ even if the same keys come again.</summary>
        public const int SaltLength = 16;

        /// <summary>Bytes of what tells keys apart without giving them away.</summary>
        public const int KeyIdLength = 4;

        /// <summary>Bytes of COMMIT's data on a keyed board: u32 security number, u8 flags, signature.</summary>
        public const int CommitLength = 5 + TagLength;

        /// <summary>Bytes of PROVISION's data: u8 flags, key, replacement key, salt.</summary>
        public const int ProvisionLength = 1 + 2 * KeyLength + SaltLength;

        /// <summary>Flag of COMMIT: even if the model is older than what was confirmed.</summary>
        public const int Older = 1;

        /// <summary>
        /// Flag of COMMIT, without the other and with the number 0: the model has the number that the board has, whatever that is. So the
        /// owner need not take a number from a line on which others may lie.
        /// </summary>
        public const int OwnNumber = 2;

        /// <summary>Flag of PROVISION: reading needs the key, too.</summary>
        public const int CloseReading = 1;

        /// <summary>Flag of PROVISION, and then all of its data: the board is to be open again.</summary>
        public const int Open = 2;

        /// <summary>Message of a request's tag.</summary>
        /// <param name="nonce">The nonce, 16 bytes.</param>
        /// <param name="session">Session of the frame.</param>
        /// <param name="sequence">Sequence of the frame.</param>
        /// <param name="data">Where the request inside is: its type, then its data.</param>
        /// <param name="at">Index of the type.</param>
        /// <param name="count">Bytes of type and data.</param>
        /// <returns>The message.</returns>
        public static byte[] OfRequest(byte[] nonce, int session, int sequence, byte[] data, int at, int count)
        {
            byte[] message = Begin("NEURALEDGE-REQUEST-1", NonceLength + 4 + count, out int end);
            Array.Copy(nonce, 0, message, end, NonceLength);
            LittleEndian.WriteUInt16(message, end + NonceLength, session);
            LittleEndian.WriteUInt16(message, end + NonceLength + 2, sequence);
            Array.Copy(data, at, message, end + NonceLength + 4, count);
            return message;
        }

        /// <summary>Message of a model's signature.</summary>
        /// <param name="number">Security number of the model.</param>
        /// <param name="flags">Flags of COMMIT: <see cref="Older"/>, <see cref="OwnNumber"/> or 0.</param>
        /// <param name="length">Bytes of its file.</param>
        /// <param name="fileCode">The code of the file itself, under the same key.</param>
        /// <returns>The message.</returns>
        public static byte[] OfModel(uint number, int flags, int length, byte[] fileCode)
        {
            byte[] message = Begin("NEURALEDGE-MODEL-1", 9 + TagLength, out int end);
            LittleEndian.WriteUInt32(message, end, number);
            message[end + 4] = (byte)flags;
            LittleEndian.WriteInt32(message, end + 5, length);
            Array.Copy(fileCode, 0, message, end + 9, TagLength);
            return message;
        }

        /// <summary>Message whose code begins with a nonce.</summary>
        /// <param name="salt">The record that holds the salt.</param>
        /// <param name="saltOffset">Index of its first byte.</param>
        /// <param name="start">Number of the board's start.</param>
        /// <param name="count">Number of the nonce since then.</param>
        /// <returns>The message.</returns>
        public static byte[] OfNonce(byte[] salt, int saltOffset, uint start, uint count)
        {
            byte[] message = Begin("NEURALEDGE-NONCE-1", SaltLength + 8, out int end);
            Array.Copy(salt, saltOffset, message, end, SaltLength);
            LittleEndian.WriteUInt32(message, end + SaltLength, start);
            LittleEndian.WriteUInt32(message, end + SaltLength + 4, count);
            return message;
        }

        /// <summary>Message whose code begins with what tells a key from others.</summary>
        /// <returns>The message.</returns>
        public static byte[] OfKeyId()
        {
            return Begin("NEURALEDGE-KEY-1", 0, out _);
        }

        /// <summary>Covers new keys on their way to a keyed board, or uncovers them: with codes that only who has the key can compute.</summary>
        /// <param name="authentication">HMAC-SHA256.</param>
        /// <param name="key">The replacement key, which the request is signed with.</param>
        /// <param name="nonce">The nonce that it is signed with.</param>
        /// <param name="keys">Where the two keys are, one behind the other.</param>
        /// <param name="at">Index of the first byte.</param>
        public static void Cover(IMessageAuthentication authentication, byte[] key, byte[] nonce, byte[] keys, int at)
        {
            for (int part = 0; part < 2; part++)
            {
                byte[] message = Begin("NEURALEDGE-COVER-1", NonceLength + 1, out int end);
                Array.Copy(nonce, 0, message, end, NonceLength);
                message[end + NonceLength] = (byte)part;
                byte[] cover = authentication.Compute(key, message);
                for (int i = 0; i < KeyLength; i++)
                {
                    keys[at + part * KeyLength + i] ^= cover[i];
                }
            }
        }

        private static byte[] Begin(string label, int more, out int end)
        {
            byte[] message = new byte[label.Length + more];
            for (int i = 0; i < label.Length; i++)
            {
                message[i] = (byte)label[i];
            }

            end = label.Length;
            return message;
        }
    }
}
