/** A key of 2048 bits that everybody can read here, and nobody may trust. RFC 7518 section 6.3. */
export const publicRsa = {
  kty: 'RSA',
  n:
    'pUFHOuaqVO1b1V_rymIRvVkYLADPxqPTHffPsou7bTr7Ws5AKQsly_pga741NM-GzjiP-86EFGoACNSP5QlxNM9Kn0YA4ma9zpMc' +
    'vIxi3Sp0VXbEEXZ6qwZyKx5RZGfIec6FGc7DFGptrnLmErsD_otetdM3U458opyXREOPuxIC7QsEiwJ4U91n41FJYeZ8iPYpIAuC' +
    'lR_AxsITthCNA4lsG8zhMVDYHNkNvzao0Nsn4kPKNBZn0tw9kF8AVOdLx3DWEKUJLTBYSFYcW8XMxUPilFmE2JQVJxX1T8lbxX5z' +
    'xPd-eA65Vb1AJUWHaZikJLBTpUApqcKTLpCKJKedZQ',
  e: 'AQAB',
} as const

/** Its other half. */
export const privateRsa = {
  ...publicRsa,
  d:
    'OUZIo7dybYDehTN7i2c18sRARm_5k0UQVKCg0abwTMlWeIBnaFI-xVV_uZfw5N7QQAUGkiVfTZv3axgQzzbYj48Qs-cVQ2KMgl4m' +
    'ZYracQDX1Q8WoV7I4SGYzCzz1LLLnrvfEbTBk__XB9E2wGMk3UH8j1QnJsSJmepf2v73f8QNs_6fzCsLgYmFQRwbZAFrx4yfc_Zt' +
    'llGGeSDCJwXzVqZg5Cu1LL1STtutcMJOOv3Nrij0Z6P9m00h8wXnCWDUPNb7__ZFrxenQe_hZszw7RNbCf-x3R5SByrSE4iuRdZx' +
    '1OVvDrDeRpSLreQ-KJ2h_dCdYe4tffXigboHPwqnuQ',
  p:
    '0yaNk7B0iPP48N9eE1F2YCyF55-KcDEn63XkiBs5GFCUh6UlTscjCkp9Ll29hAw5XA0-sdFggTWDyrvZHuZXolX_-DNJwnpWRATP' +
    'c4UGN4rFsCl0u_5NW9TjkQ1nwzef63qBn9EJaM0y9wgIu_PA4hyfRIhk0eUXpm6c76wolOs',
  q:
    'yFsfbIoYdEVOCe5_gHLjephCGlGesi0ochUShnIEtuVLUgentu0o9-dvXgjd5DfW6w1SESSmd_fRQU4zrBuLKHGbgUzMB_OB5OjO' +
    'uyg7Fst_QU1PuK50REVFbMafKHN87tDE2sBbnSJrYPU0i0xqHGH5_GW8wtCNy93bkEUgQu8',
  dp:
    'YM6ZNHA_TZcFuHHAcPz1V-yxy9sSnpN66PJZP6mziJlRL8ugiji0sQAr2nkx7XupRLHx35bONw8xCF8NkaQr44qoW8Qv-hEawf6u' +
    'mhkQG6DtN_IZyiMylnrJhvRtcUxsborxKTOuq7UAu8-cKYf9E-3pe4NJLg5pxG2MWDpHNNc',
  dq:
    'W0bwRQGQ7H-acvndyoYMzpBJJTZkByZ9k6O4Ado1_aDutJtaNANNs8sTOJLvjAZIemNiLP82e9dB1O-sqM8PkchYIQr8tO6iEchi' +
    'Tm-go9znx7dSB4Aq5eNtIoZGgiZDF4Wy-TnDQw4oP07WtlOE0BNu0ScEXPiocOVNHyfu768',
  qi:
    'eJ1VUIlrwHdzjcgMKoCzfpSYwAUlpDExcGFfx7hF3JKe8lIEmO5UTKN0BrIewpsKIzO8SeKedVzZVyboO6MM9NosVldyEPNEEDYf' +
    'OUL1t6kNw7uXgtILyNaaAsAkBTwoU3-uFyEFGEpL0dH9e0TN4MzuVkD2X4Ts_y2sLvFBq-g',
} as const
